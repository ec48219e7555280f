package org.idem.theorem;

import java.util.function.Function;

/**
 * A wrong version of a theorem: it predicts from a mistaken setting, or leaves out the part of the initial weights.
 *
 * @param name a few words
 * @param mistake maps the true setting to the one that the variant believes in
 */
public record FalseVariant(String name, Function<Setting, Setting> mistake) {}
