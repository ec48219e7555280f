/**
 * Trains many networks of one hidden layer, one after the other, in the tangent-kernel parametrisation, in plain Java:
 * for averages over initial weights, where starting an engine for each network would cost more than its steps.
 *
 * <p>Start with {@link org.idem.training.wide.TwoLayers}. Tests compare it with the engine for networks of any depth.
 */
package org.idem.training.wide;
