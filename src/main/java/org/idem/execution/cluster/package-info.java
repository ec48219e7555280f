/**
 * How is work done on other machines? Independent tasks, known by keys, go out as lines of text and come back as bytes.
 * The bytes do not depend on which machine did a task, nor on the order.
 *
 * <p>{@link org.idem.execution.cluster.Dispatch} decides which tasks go out together, what is tried again, and what a
 * task that fails leaves. An engine carries batches out: the one on Apache Spark is no part of the default program and
 * is found as a service. Start with {@link org.idem.execution.cluster.Cluster}.
 */
package org.idem.execution.cluster;
