package org.idem.theorem.exact;

import java.util.List;
import java.util.stream.Stream;

/** Wrong versions of T0, T1 and T2 that exact arithmetic refutes. */
public final class ExactVariants {
    private static final List<ExactVariant> ALL = Stream.concat(
                    TrajectoryVariants.list().stream(), ConstructionVariants.list().stream())
            .toList();

    private ExactVariants() {}

    /**
     * Every wrong version.
     *
     * @return unmodifiable
     */
    public static List<ExactVariant> list() {
        return ALL;
    }
}
