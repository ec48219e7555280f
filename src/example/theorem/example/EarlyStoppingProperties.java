package example;

import org.idem.testing.TheoremProperties;

/** The same as property tests, run by JUnit. */
class EarlyStoppingProperties extends TheoremProperties {
    EarlyStoppingProperties() {
        super(new EarlyStopping(), 200);
    }
}
