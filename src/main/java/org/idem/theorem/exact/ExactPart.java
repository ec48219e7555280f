package org.idem.theorem.exact;

import java.util.Arrays;

/** The statements that exact arithmetic checks, named as the theorems of floating point where both exist. */
public enum ExactPart {
    /** A linear FCN of any depth represents the identity. */
    T0_FCN("T0.fcn", Feature.CONSTRUCTION),
    /** A ReLU FCN of width 2d represents the identity. */
    T0_RELU_FCN("T0.relu-fcn", Feature.CONSTRUCTION),
    /** A linear CNN of any depth represents the identity. */
    T0_CNN("T0.cnn", Feature.CONSTRUCTION),
    /** A ReLU CNN with 2C hidden channels represents the identity. */
    T0_RELU_CNN("T0.relu-cnn", Feature.CONSTRUCTION),
    /** Where full-batch training of an FCN ends, by any method. */
    T1("T1", Feature.LIMIT),
    /** The trajectory of an FCN. */
    T1_STEPS("T1.steps", Feature.STEPS),
    /** The trajectory with linearly dependent examples, whose targets may contradict each other. */
    T1_EXAMPLES("T1.examples", Feature.DEPENDENT_DATA),
    /** The trajectory with a trained bias. */
    T1_BIAS("T1.bias", Feature.BIAS),
    /** The trajectory with weight decay, by any method. */
    T1_DECAY("T1.decay", Feature.DECAY),
    /** The trajectory of the heavy ball. */
    T1_HEAVY_BALL("T1.heavy-ball", Feature.HEAVY_BALL),
    /** The trajectory of Nesterov's method. */
    T1_NESTEROV("T1.nesterov", Feature.NESTEROV),
    /** The trajectory when each step sees one example. */
    T1_ONE_AT_A_TIME("T1.one-at-a-time", Feature.ONE_AT_A_TIME),
    /** With consistent targets one example at a time ends where the full batch does. */
    T1_ONE_AT_A_TIME_LIMIT("T1.one-at-a-time.limit", Feature.ONE_AT_A_TIME_LIMIT),
    /** Where full-batch training of a CNN ends, by any method. */
    T2("T2", Feature.LIMIT),
    /** From patches of full rank gradient descent ends at the identity. */
    T2_FULL_RANK("T2.full-rank", Feature.FULL_RANK),
    /** The trajectory of a CNN. */
    T2_STEPS("T2.steps", Feature.STEPS),
    /** The trajectory with linearly dependent images, whose targets may contradict each other. */
    T2_IMAGES("T2.images", Feature.DEPENDENT_DATA),
    /** The trajectory with a trained bias. */
    T2_BIAS("T2.bias", Feature.BIAS),
    /** The trajectory with weight decay, by any method. */
    T2_DECAY("T2.decay", Feature.DECAY),
    /** The trajectory of the heavy ball. */
    T2_HEAVY_BALL("T2.heavy-ball", Feature.HEAVY_BALL),
    /** The trajectory of Nesterov's method. */
    T2_NESTEROV("T2.nesterov", Feature.NESTEROV),
    /** The trajectory when each step sees one image. */
    T2_ONE_AT_A_TIME("T2.one-at-a-time", Feature.ONE_AT_A_TIME),
    /** With consistent targets one image at a time ends where the full batch does. */
    T2_ONE_AT_A_TIME_LIMIT("T2.one-at-a-time.limit", Feature.ONE_AT_A_TIME_LIMIT),
    /** The path of aligned deep linear networks, by any method. */
    T4_PATH("T4.path", Feature.DEEP),
    /** The modes of aligned deep linear networks on the identity task, by any method. */
    T4_MODES("T4.modes", Feature.DEEP),
    /** What a deep linear network trained on one example says on another input, by any method. */
    T4_SPLIT("T4.split", Feature.DEEP),
    /** How the balance of a hidden unit changes in a step of gradient descent. */
    T4_UNITS("T4.units", Feature.DEEP),
    /** Outputs of a circular CNN move with its input. */
    T6_EQUIVARIANCE("T6.equivariance", Feature.DEEP),
    /** What a circular CNN misses of a target, over all shifts of its input. */
    T6_NO_MEMORY("T6.no-memory", Feature.DEEP),
    /** Networks without biases commute with positive factors. */
    T6_HOMOGENEOUS("T6.homogeneous", Feature.DEEP);

    /** What every instance of a part must have; the rest of it is drawn freely. */
    enum Feature {
        CONSTRUCTION,
        LIMIT,
        FULL_RANK,
        STEPS,
        DEPENDENT_DATA,
        BIAS,
        DECAY,
        HEAVY_BALL,
        NESTEROV,
        ONE_AT_A_TIME,
        ONE_AT_A_TIME_LIMIT,
        DEEP;

        /** Whether the claim is about infinitely many steps. */
        boolean limit() {
            return this == LIMIT || this == FULL_RANK || this == ONE_AT_A_TIME_LIMIT;
        }

        /** Whether each step sees one example. */
        boolean oneAtATime() {
            return this == ONE_AT_A_TIME || this == ONE_AT_A_TIME_LIMIT;
        }
    }

    private final String id;
    private final Feature feature;

    ExactPart(String id, Feature feature) {
        this.id = id;
        this.feature = feature;
    }

    /**
     * Finds a part by its identifier.
     *
     * @param id for instance T1.heavy-ball
     * @return the part
     * @throws IllegalArgumentException if there is none
     */
    public static ExactPart of(String id) {
        return Arrays.stream(values())
                .filter(part -> part.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown part '" + id + "', known are " + Arrays.toString(values())));
    }

    Feature feature() {
        return feature;
    }

    boolean convolution() {
        return this == T0_CNN || this == T0_RELU_CNN || id.startsWith("T2");
    }

    @Override
    public String toString() {
        return id;
    }
}
