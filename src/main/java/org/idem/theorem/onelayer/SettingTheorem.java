package org.idem.theorem.onelayer;

import java.util.List;
import org.idem.space.Configuration;
import org.idem.theorem.Observation;
import org.idem.theorem.Theorem;

/** A theorem about what one training leaves of the outputs of a {@link Setting}, unless it looks at something else. */
interface SettingTheorem extends Theorem<Setting> {
    /** How settings are drawn. */
    SettingSpace settings();

    @Override
    default double cost(Configuration configuration) {
        return settings().cost(configuration);
    }

    @Override
    default List<String> describe(Setting setting) {
        return setting.describe();
    }

    @Override
    default Observation observe(Setting setting) {
        return setting.observe(false);
    }

    @Override
    default List<Observation> observeAll(List<Setting> settings) {
        return Setting.observe(settings, false);
    }
}
