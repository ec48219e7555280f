package org.idem.training.run;

import java.util.List;
import java.util.function.IntConsumer;
import org.idem.array.Array;
import org.idem.array.Precision;

/** A network of any depth that an engine trains one step at a time. */
public interface Training extends TrainingView, AutoCloseable {
    /**
     * Takes one step.
     *
     * @return loss before it, of the examples that it used; infinite or NaN once training has diverged
     */
    double step();

    /**
     * Steps in which every example is used once.
     *
     * @return at least 1
     */
    int cycle();

    /**
     * Takes steps until their number is reached or the loss is no longer finite.
     *
     * @param steps how many, at least 0
     * @return loss before the last step taken, NaN if there was none
     */
    default double train(int steps) {
        double loss = Double.NaN;
        for (int i = 0; i < steps; i++) {
            loss = step();
            if (!Double.isFinite(loss)) {
                return loss;
            }
        }
        return loss;
    }

    /**
     * Takes steps until their number is reached or training diverges, and evaluates.
     *
     * @param steps number of steps in all, those already taken included
     * @param precision arithmetic of the training
     * @param probes inputs on which the trained network is evaluated
     * @param losses gets the loss before every step
     * @param progress gets the number of steps done after every step
     * @return how it ended
     */
    default Outcome complete(int steps, Precision precision, Array probes, LossListener losses, IntConsumer progress) {
        Outcome unread = completeUnread(steps, precision, probes, losses, progress);
        return unread instanceof Outcome.Trained trained
                ? new Outcome.Trained(trained.steps(), trained.loss(), parameters(), trained.outputs())
                : unread;
    }

    /**
     * As {@link #complete}, but leaves the parameters where they are: {@link #parameters(int)} reads those of a large
     * network stage by stage.
     *
     * @param steps number of steps in all, those already taken included
     * @param precision arithmetic of the training
     * @param probes inputs on which the trained network is evaluated
     * @param losses gets the loss before every step
     * @param progress gets the number of steps done after every step
     * @return how it ended, without parameters
     */
    default Outcome completeUnread(
            int steps, Precision precision, Array probes, LossListener losses, IntConsumer progress) {
        int turn = steps() + cycle();
        double first = 0;
        double loss = Double.NaN;
        while (steps() < steps) {
            int step = steps();
            loss = step();
            first = step < turn ? Math.max(first, loss) : first;
            losses.loss(step, loss);
            if (Outcome.Diverged.isSeen(first, loss, precision)) {
                return new Outcome.Diverged(step, loss);
            }
            progress.accept(steps());
        }
        Array outputs = outputs(probes);
        return outputs.firstNonFinite() < 0
                ? new Outcome.Trained(steps(), loss, List.of(), outputs)
                : new Outcome.Diverged(steps(), Double.NaN);
    }

    /**
     * Ends the training and frees its memory at once, which otherwise the garbage collector would free later.
     *
     * @throws IllegalStateException if a listener of a step calls this, which still needs the memory
     */
    @Override
    default void close() {}
}
