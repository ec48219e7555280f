package org.idem.theorem.exact;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Wrong versions of T0, T1, T2, T4 and T6 that exact arithmetic refutes. */
public final class ExactVariants {
    private static final List<ExactVariant> ALL = Stream.of(
                    TrajectoryVariants.list().stream(),
                    ConstructionVariants.list().stream(),
                    Arrays.stream(DeepMistake.values()).map(ExactVariant.OfDeepNetwork::new))
            .<ExactVariant>flatMap(variants -> variants)
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
