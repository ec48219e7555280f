package org.idem.verification.share;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.idem.space.Configuration;
import org.idem.theorem.Evidence;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Theorem;
import org.idem.theorem.Trial;
import org.idem.verification.Seen;
import org.idem.verification.TrialSource;
import org.jspecify.annotations.Nullable;

/**
 * A trial that knows what it was asked, so that this can be written down. A trial that was written down answers the
 * same questions without a network; only for another question it is run anew.
 *
 * @param <S> what one trial works on
 */
final class RememberedTrial<S> implements Seen<S> {
    private final int place;
    private final List<String> variants;
    private final Configuration configuration;
    private final Supplier<Seen<S>> asked;
    private final Map<Integer, Evidence> answers = new ConcurrentHashMap<>();
    private volatile @Nullable Evidence own;

    /** A trial that was run just now. */
    RememberedTrial(int place, List<String> variants, Seen<S> trial) {
        this.place = place;
        this.variants = variants;
        configuration = trial.configuration();
        asked = () -> trial;
    }

    /** A trial that was written down. */
    RememberedTrial(Theorem<S> theorem, Configuration configuration, List<String> variants, ShareResult.OneTrial kept) {
        this.place = kept.place();
        this.variants = variants;
        this.configuration = configuration;
        asked = () -> new TrialSource.Run<>(Trial.run(theorem, configuration));
        own = kept.evidence();
        answers.putAll(kept.variants());
    }

    List<String> variants() {
        return variants;
    }

    @Override
    public Configuration configuration() {
        return configuration;
    }

    @Override
    public Evidence evidence() {
        Evidence known = own;
        if (known == null) {
            known = asked.get().evidence();
            own = known;
        }
        return known;
    }

    @Override
    public Evidence evidence(FalseVariant<S> variant) {
        int number = variants.indexOf(variant.name());
        Evidence known = answers.get(number);
        if (known == null) {
            known = asked.get().evidence(variant);
            answers.put(number, known);
        }
        return known;
    }

    /** What was asked, and the answers. */
    ShareResult.OneTrial record() {
        return new ShareResult.OneTrial(place, configuration.toString(), evidence(), answers);
    }
}
