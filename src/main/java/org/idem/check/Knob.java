package org.idem.check;

import java.util.Locale;
import org.idem.wording.Decimals;

/** A setting that can be misreported although the data are right, in the order in which pairs are tried. */
enum Knob {
    STEPS("steps"),
    NESTEROV("nesterov"),
    LOSS("loss"),
    MOMENTUM("momentum"),
    RATE("learning-rate"),
    DECAY("weight-decay");

    /** Largest logarithm of a rate or decay, so that exponentials stay below 1e300. */
    private static final double FARTHEST = 690;

    private final String kind;

    Knob(String kind) {
        this.kind = kind;
    }

    /** Stable word for programs. */
    String kind() {
        return kind;
    }

    /** Whether a setting can be fitted along a continuous axis. */
    boolean isContinuous() {
        return this == MOMENTUM || this == RATE || this == DECAY;
    }

    /** Value of a setting on the scale on which fits search: a logarithm. */
    double coordinate(Setting setting) {
        return switch (this) {
            case MOMENTUM -> -Math.log1p(-setting.optimizer().momentum());
            case RATE -> Math.log(setting.optimizer().learningRate());
            case DECAY -> Math.log(setting.optimizer().weightDecay());
            default -> throw new IllegalStateException(this + " has no coordinate");
        };
    }

    /** The setting moved to a coordinate; a momentum keeps its form. */
    Setting moved(Setting setting, double coordinate) {
        return switch (this) {
            case MOMENTUM ->
                setting.withMomentum(
                        Math.min(-Math.expm1(-Math.max(0, coordinate)), Math.nextDown(1.0)),
                        setting.optimizer().nesterov());
            case RATE -> setting.withRate(exponential(coordinate));
            case DECAY -> setting.withDecay(exponential(coordinate));
            default -> throw new IllegalStateException(this + " has no coordinate");
        };
    }

    /** Positive and finite. */
    private static double exponential(double coordinate) {
        return Math.exp(Math.max(-FARTHEST, Math.min(FARTHEST, coordinate)));
    }

    /** Value of a setting; NaN if it is no number. */
    double value(Setting setting) {
        return switch (this) {
            case MOMENTUM -> setting.optimizer().momentum();
            case RATE -> setting.optimizer().learningRate();
            case DECAY -> setting.optimizer().weightDecay();
            case STEPS -> setting.steps();
            default -> Double.NaN;
        };
    }

    /** The setting with another number. */
    Setting with(Setting setting, double value) {
        return switch (this) {
            case MOMENTUM -> setting.withMomentum(value, setting.optimizer().nesterov());
            case RATE -> setting.withRate(value);
            case DECAY -> setting.withDecay(value);
            default -> throw new IllegalStateException(this + " is no number");
        };
    }

    /** In words, what was done instead of what is claimed. */
    String words(Setting claimed, Setting found) {
        return switch (this) {
            case LOSS -> "the loss was normalised as " + found.loss() + ", not as " + claimed.loss();
            case NESTEROV ->
                claimed.optimizer().nesterov()
                        ? "the momentum was that of the heavy ball, not Nesterov's"
                        : "the momentum was Nesterov's, not that of the heavy ball";
            case STEPS ->
                claimed.isLimit()
                        ? "training stopped after " + found.steps() + " steps, before its limit"
                        : found.isLimit()
                                ? "training went on to its limit"
                                : "there were " + found.steps() + " steps, not " + claimed.steps();
            case RATE -> "the learning rate was " + number(value(found)) + ", not " + number(value(claimed));
            case DECAY ->
                value(found) == 0
                        ? "there was no weight decay"
                        : "the weight decay was " + number(value(found)) + ", not " + number(value(claimed));
            case MOMENTUM ->
                value(found) == 0
                        ? "there was no momentum"
                        : "the momentum was " + number(value(found))
                                + (found.optimizer().nesterov() ? " in Nesterov's form" : "") + ", not "
                                + number(value(claimed));
        };
    }

    /** Six significant digits at most. */
    static String number(double value) {
        String brief = String.format(Locale.ROOT, "%.6g", value);
        double back = Double.parseDouble(brief);
        return back == (float) back && back != value ? brief : Decimals.full(back);
    }
}
