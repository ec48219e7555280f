package org.idem.theorem;

import java.util.function.UnaryOperator;

/**
 * A wrong version of a theorem: it predicts from a mistaken setting.
 *
 * @param name a few words
 * @param mistake maps the true setting to the one that the variant believes in
 */
public record FalseVariant(String name, UnaryOperator<Setting> mistake) {}
