package org.idem.cli.theorem;

import java.util.Locale;
import org.idem.cli.terminal.BadInput;
import org.idem.theorem.Axes;
import org.idem.theorem.Engine;
import org.idem.theorem.OnEngine;
import org.idem.theorem.Theorem;
import org.jspecify.annotations.Nullable;

/** Who trains. */
enum Trainers {
    FAST,
    ND4J;

    /** Reads what {@link #toString} wrote; null for null. */
    static @Nullable Trainers of(@Nullable String word) {
        return word == null ? null : valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** A theorem, trained by the engines that --engine names; by all of them for null. */
    static Theorem<?> train(Theorem<?> theorem, @Nullable Trainers engine) {
        boolean chooses =
                theorem.space().stream().anyMatch(dimension -> dimension.name().equals(Axes.ENGINE.name()));
        if (engine == ND4J && !chooses) {
            throw new BadInput("--engine nd4j needs theorems whose space has the axis " + Axes.ENGINE.name() + ", got "
                    + theorem.id());
        }
        return engine == null ? theorem : OnEngine.of(theorem, engine::have);
    }

    private boolean have(Engine engine) {
        return (engine == Engine.ND4J) == (this == ND4J);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
