/**
 * Commands about one network: {@code predict}, {@code train}, {@code check} and {@code bounds}. They share their
 * arguments; start with {@code TrainingOptions}.
 */
package org.idem.cli.network;
