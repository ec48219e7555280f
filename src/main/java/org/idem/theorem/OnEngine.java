package org.idem.theorem;

import java.util.List;
import java.util.function.Predicate;
import org.idem.space.Dimension;

/**
 * A theorem whose trials only some of its engines train.
 *
 * @param theorem the theorem, whose space has a dimension of engines
 * @param space the same with fewer engines
 * @param <S> what one trial works on
 */
public record OnEngine<S>(Theorem<S> theorem, List<Dimension> space) implements Forwarding<S> {
    /** Copies the list. */
    public OnEngine {
        space = List.copyOf(space);
    }

    /**
     * Leaves engines out.
     *
     * @param theorem any theorem
     * @param kept which engines may train
     * @param <S> what one trial works on
     * @return the theorem with fewer engines; the same if all of its engines are kept, or it has none to choose from
     * @throws IllegalArgumentException if none of its engines is kept
     */
    public static <S> Theorem<S> of(Theorem<S> theorem, Predicate<Engine> kept) {
        List<Dimension> space = theorem.space().stream()
                .map(dimension -> dimension.name().equals(Axes.ENGINE.name())
                        ? Axes.ENGINE.kept((Dimension.Choice) dimension, kept)
                        : dimension)
                .toList();
        return space.equals(theorem.space()) ? theorem : new OnEngine<>(theorem, space);
    }
}
