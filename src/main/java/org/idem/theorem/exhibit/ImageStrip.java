package org.idem.theorem.exhibit;

import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.array.SquaredErrors;
import org.idem.image.Image;
import org.idem.network.Horizon;
import org.idem.network.LinearMethod;
import org.idem.network.LinearProblem;
import org.idem.theory.ClosedForm;
import org.idem.training.Trainer;
import org.idem.training.run.Outcome;

/**
 * What one network, trained on one image, makes of another: predicted and really trained in float64.
 *
 * @param network what is trained, in a few words
 * @param steps number of training steps
 * @param train training image
 * @param test test image
 * @param predicted output on the test image by the closed form, (C, H, W)
 * @param trained output of the trained network, (C, H, W)
 */
public record ImageStrip(String network, int steps, Image train, Image test, Array predicted, Array trained) {
    /**
     * Predicts and trains.
     *
     * @param network what is trained, in a few words
     * @param problem one training image, as image or as vector, with the initial parameters
     * @param momentum of heavy-ball steps at the learning rate that is fastest for the mode of largest curvature
     * @param steps number of steps
     * @param train the training image
     * @param test the test image, shown to the network in the form of the problem's inputs
     * @return both outputs
     */
    static ImageStrip of(String network, LinearProblem problem, double momentum, int steps, Image train, Image test) {
        Array probe = problem.inputs().rank() == 2
                ? test.pixels().reshape(1, test.pixels().length())
                : test.batch();
        ClosedForm form = new ClosedForm(problem);
        double curvature = form.largestCurvature();
        LinearMethod optimizer = new LinearMethod(curvature > 0 ? (1 + momentum) / curvature : 1, momentum, false, 0);
        Array predicted = form.outputs(form.parameters(optimizer, new Horizon.Steps(steps)), probe);
        Outcome outcome = new Trainer(problem, optimizer, Precision.FLOAT64).train(new Horizon.Steps(steps), probe);
        if (!(outcome instanceof Outcome.Trained trained)) {
            throw new ArithmeticException("training diverged inside the stable range on the " + network);
        }
        return new ImageStrip(network, steps, train, test, asImage(predicted, test), asImage(trained.outputs(), test));
    }

    private static Array asImage(Array output, Image like) {
        return output.rank() == 4 ? output.slice(0) : output.reshape(like.channels(), like.height(), like.width());
    }

    /**
     * Trained minus predicted.
     *
     * @return fresh array (C, H, W)
     */
    public Array difference() {
        double[] values = new double[trained.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = trained.values()[i] - predicted.values()[i];
        }
        return Array.of(values, trained.shape());
    }

    /**
     * Mean-squared error of the trained output against the test image, where they are of one size.
     *
     * @return per pixel and channel; NaN where valid padding made the output smaller
     */
    public double meanSquaredError() {
        if (trained.length() != test.pixels().length()) {
            return Double.NaN;
        }
        return SquaredErrors.mean(trained, test.pixels());
    }
}
