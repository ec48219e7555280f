package org.idem.theory;

import org.idem.array.Array;

/**
 * Predicted outputs of a network with a bound on how far trained ones may lie from them.
 *
 * @param values the outputs, (m, k) or (m, C, H, W)
 * @param budget bounds on the absolute difference, in their shape; infinite where nothing is known
 */
public record BoundedOutputs(Array values, Array budget) {}
