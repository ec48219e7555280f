/**
 * How does Apache Spark do the tasks of this program? Each batch is a job of one task, so that a batch that fails for
 * good ends nothing else. Every executor does one task at a time in a process of its own.
 *
 * <p>This room is built by the profile {@code spark} alone and is found as a service. Start with
 * {@link org.idem.spark.SparkEngine}.
 */
package org.idem.spark;
