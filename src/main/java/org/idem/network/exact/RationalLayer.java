package org.idem.network.exact;

import org.idem.network.LinearMap;

/**
 * One layer of a deep network.
 *
 * @param network its shape
 * @param parameters its weights and bias
 * @param relu whether max(0, ·) follows
 */
public record RationalLayer(LinearMap network, RationalParameters parameters, boolean relu) {}
