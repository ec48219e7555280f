package org.idem.cli.study;

import java.io.IOException;
import java.util.function.UnaryOperator;
import org.idem.cli.argument.Nearest;
import org.idem.cli.terminal.BadInput;
import org.idem.laboratory.plan.UnknownWord;

/**
 * Work that finds out whether axes and images fit each other.
 *
 * @param <T> what it makes of them
 */
@FunctionalInterface
interface Fitting<T> {
    T get() throws IOException;

    /** Answers rules that axes and images break with the located message; a misspelt word gets the nearest ones. */
    static <T> T of(Fitting<T> work, UnaryOperator<String> located) throws IOException {
        try {
            return work.get();
        } catch (UnknownWord misspelt) {
            throw new BadInput(located.apply(misspelt.getMessage()) + Nearest.hint(misspelt.word(), misspelt.known()));
        } catch (IllegalArgumentException wrong) {
            throw new BadInput(located.apply(wrong.getMessage()));
        }
    }
}
