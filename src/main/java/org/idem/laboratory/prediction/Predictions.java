package org.idem.laboratory.prediction;

import java.util.List;
import org.idem.laboratory.plan.Run;

/**
 * What theorems say about the measures of a run: the rows of theory.csv, and ranges image by image.
 *
 * <p>A row's range is proved for this run's own network, initial weights and steps, rounding included, where its
 * theorem is one of T1.steps, T1.heavy-ball and their like. Rows of T1.law and T2.law speak of all networks of the
 * run's configuration that are trained for as many steps: 95 of 100 lie in the range. Rows of mean-error give the mean
 * over them; T2.image-bound and T2.uniform-bound are upper bounds that 95 of 100 keep. Rows of T3 hold for every
 * network of the architecture, in exact arithmetic, and so do rows of T6. Rows of T5 speak of all networks of the
 * configuration before their first step, see {@link InitialOutputs}. T4 speaks of aligned layers only, which no
 * initialiser of a study draws.
 *
 * <p>Rows of T7 say what networks of two layers and more would do if the kernel of infinite width ruled their training:
 * T7.lazy with the run's own initial function, T7.mean in the mean over networks. They are limits of growing width, not
 * bounds. A network outside the kernel regime has rows that say why, see {@link KernelRegime}.
 *
 * <p>No rows are given where a prediction would cost more than training: for one-layer networks on more than
 * {@value OneLayer#MOST_NUMBERS} numbers of patches or inputs, or with more than {@value OneLayer#MOST_MODES} modes.
 */
public final class Predictions {
    private static final List<Prediction> ALL = List.of(
            new OneLayerTheorems(), new BorderReach(), new InitialOutputs(), new Symmetries(), new KernelRows());

    private Predictions() {}

    /**
     * Why a one-layer network under gradient descent may have no rows of T1 and T2.
     *
     * @return a sentence for people
     */
    public static String limits() {
        return "T1 and T2 speak about one layer under gradient descent on all examples at a stable learning rate. No row"
                + " is worked out beyond " + OneLayer.MOST_MODES
                + " modes (the smaller of inputs of a kernel and patches)"
                + " or " + OneLayer.MOST_NUMBERS + " numbers of patches, where it would cost more than training, nor"
                + " where single precision transforms convolutions, whose rounding no budget covers.";
    }

    /**
     * Everything that theorems say.
     *
     * @param run that left finite outputs
     * @param steps that its training took
     * @return the same on every machine; nothing if no theorem applies
     */
    public static Predicted of(Run run, int steps) {
        return ALL.stream().map(each -> each.of(run, steps)).reduce(Predicted.NOTHING, Predicted::and);
    }
}
