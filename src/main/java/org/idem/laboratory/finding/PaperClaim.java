package org.idem.laboratory.finding;

import java.util.List;

/**
 * A claim of Zhang et al. (ICLR 2020, arXiv 1902.04698), and who answers it here.
 *
 * @param claim in one sentence
 * @param answers identifiers of theorems and findings
 * @param open what they do not cover
 */
public record PaperClaim(String claim, List<String> answers, String open) {
    private static final List<PaperClaim> ALL = List.of(
            new PaperClaim(
                    "One linear layer learns nothing outside the span of its training image; a convolution sees more.",
                    List.of("T1", "T2"),
                    "Adam, RMSProp and Adagrad, which change weights outside of the span too"),
            new PaperClaim(
                    "Deep fully connected networks answer every image with the training image.",
                    List.of(
                            "T4.split",
                            "F.fcn-depth-constant",
                            "F.fcn-initialisers",
                            "F.fcn-optimisers",
                            "F.fcn-linear-contrast"),
                    "28 × 28 images and width 2048, which only a study at the paper's scale tests"),
            new PaperClaim(
                    "The width of hidden layers matters little.",
                    List.of("F.fcn-width"),
                    "other depths than 3, other initialisers"),
            new PaperClaim(
                    "Shallow convolutional networks learn the identity, deep ones the constant.",
                    List.of("F.cnn-shallow-identity", "F.cnn-depth-identity", "F.cnn-depth-he", "F.cnn-deep-constant"),
                    "28 × 28 images and 128 channels; the depth at which it turns depends on both"),
            new PaperClaim(
                    "Larger kernels turn to the constant at a smaller depth.",
                    List.of("F.cnn-kernel"),
                    "the depth at which they turn; other depths than 7"),
            new PaperClaim(
                    "The number of channels matters little.",
                    List.of("F.cnn-channels"),
                    "fewer than 8 channels, with which some networks die, and more than 16; other depths than 5"),
            new PaperClaim("Residual networks keep the identity.", List.of("F.cnn-residual"), "other depths than 10"),
            new PaperClaim(
                    "Deep networks answer a blank image with something.",
                    List.of("T3.blank-image", "T3.least-depth", "F.cnn-blank"),
                    "what they answer with; training on blank images"),
            new PaperClaim(
                    "Hidden layers show where the input is lost.",
                    List.of("F.cnn-layers"),
                    "fully connected networks, which the study fcn-layers shows; other depths than 14"),
            new PaperClaim(
                    "More training examples bring back the identity.",
                    List.of("F.fcn-examples", "F.cnn-examples"),
                    "CNNs: more than five examples, other depths than 7; FCNs: more than ten examples"));

    /** Copies the list. */
    public PaperClaim {
        answers = List.copyOf(answers);
    }

    /**
     * Every claim.
     *
     * @return in the order in which they are told
     */
    public static List<PaperClaim> all() {
        return ALL;
    }
}
