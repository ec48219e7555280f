package org.idem.theorem.exact;

/** Wrong versions of the exact parts of T4 and T6. */
public enum DeepMistake {
    /** Twice the target. */
    LONGER_TARGET(ExactPart.T4_PATH, "aligned layers: the target counts twice"),
    /** The other layers stay. */
    FIRST_LAYER_ALONE(ExactPart.T4_PATH, "aligned layers: only the first moves"),
    /** What layers do across stays under decay. */
    PATH_DECAY(ExactPart.T4_PATH, "aligned layers: no decay across"),
    /** Plain descent in place of the method. */
    PATH_MOMENTUM(ExactPart.T4_PATH, "aligned layers: momentum forgotten"),
    /** The first mode learns with the second one's eigenvalue. */
    OTHER_EIGENVALUE(ExactPart.T4_MODES, "modes: one learns with another's eigenvalue"),
    /** Modes that no example shows learn like the first. */
    UNSEEN_TAUGHT(ExactPart.T4_MODES, "modes: those no example shows learn as well"),
    /** Plain descent in place of the method. */
    MODES_MOMENTUM(ExactPart.T4_MODES, "modes: momentum forgotten"),
    /** What is not learnt stays under decay. */
    SPLIT_DECAY(ExactPart.T4_SPLIT, "split: decay factor forgotten"),
    /** Nothing across the example. */
    SPLIT_REST(ExactPart.T4_SPLIT, "split: the rest is silent"),
    /** No change in a step. */
    CONSERVED(ExactPart.T4_UNITS, "balance of units: conserved exactly"),
    /** A change with η in place of η². */
    FIRST_ORDER(ExactPart.T4_UNITS, "balance of units: changes with the rate itself"),
    /** Outputs shifted otherwise than inputs. */
    OTHER_SHIFT(ExactPart.T6_EQUIVARIANCE, "equivariance: a row further"),
    /** The error at one shift. */
    NO_CONTRAST(ExactPart.T6_NO_MEMORY, "no memory: the image alone is missed"),
    /** ReLU networks and negative factors. */
    ABSOLUTE(ExactPart.T6_HOMOGENEOUS, "homogeneous: of negative factors too");

    private final ExactPart part;
    private final String words;

    DeepMistake(ExactPart part, String words) {
        this.part = part;
        this.words = words;
    }

    ExactPart part() {
        return part;
    }

    @Override
    public String toString() {
        return words;
    }
}
