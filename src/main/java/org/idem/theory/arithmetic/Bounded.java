package org.idem.theory.arithmetic;

/**
 * A number and what is known of its error.
 *
 * @param value as computed
 * @param error bound on the absolute error, at least 0
 */
public record Bounded(double value, double error) {}
