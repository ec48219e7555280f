package org.idem.theorem.onelayer;

import java.util.List;
import java.util.OptionalDouble;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Claim;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;

/**
 * A statement that a one-layer network follows its least-squares trajectory: T1 and T2 and most of their parts differ
 * only in their configuration space.
 *
 * @param id identifier
 * @param statement words and formula
 * @param settings how settings are drawn
 * @param space dimensions
 * @param mistakes what false variants believe
 */
record TrajectoryTheorem(
        String id, Statement statement, SettingSpace settings, List<Dimension> space, List<Mistakes> mistakes)
        implements SettingTheorem {
    /**
     * One trial in twenty notices half of this error. If budgets were a thousand times as large, no trial of a run
     * would.
     */
    static final double NOTICED = 2e-14;

    @Override
    public Setting scenario(Configuration configuration) {
        return settings.setting(configuration);
    }

    @Override
    public Claim claim(Setting setting) {
        return setting.outputs();
    }

    @Override
    public OptionalDouble noticed() {
        return OptionalDouble.of(NOTICED);
    }

    @Override
    public List<FalseVariant<Setting>> falseVariants() {
        return variants(mistakes, this);
    }

    /** A theorem's own claim, of mistaken settings. */
    static List<FalseVariant<Setting>> variants(List<Mistakes> mistakes, Theorem<Setting> theorem) {
        return mistakes.stream()
                .<FalseVariant<Setting>>map(mistake -> new FalseVariant.WrongClaim<>(
                        mistake.words(), setting -> theorem.claim(mistake.applied(setting))))
                .toList();
    }
}
