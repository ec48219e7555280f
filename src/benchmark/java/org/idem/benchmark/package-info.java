/**
 * How fast is training, and how much memory does it take?
 *
 * <p>{@link org.idem.benchmark.Worker} is the half of {@code side_by_side.py} that runs Idem; the classes whose name
 * ends in Benchmark are for JMH. {@link org.idem.benchmark.Workload} describes what is trained; both use it.
 */
package org.idem.benchmark;
