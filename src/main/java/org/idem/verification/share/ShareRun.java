package org.idem.verification.share;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.idem.execution.Crew;
import org.idem.execution.Share;
import org.idem.space.Configuration;
import org.idem.theorem.Evidence;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Theorem;
import org.idem.verification.Draws;
import org.idem.verification.Progress;
import org.idem.verification.Seen;
import org.idem.verification.TrialSource;

/**
 * Runs a share of the trials of a run. Every N-th trial of each theorem is in it, so shares take about the same time.
 *
 * @param run that is shared
 * @param share which part
 */
public record ShareRun(RunDescription run, Share share) {
    /** Trials that run side by side before progress is reported. */
    private static final int BLOCK = 256;

    /**
     * Runs the trials.
     *
     * @param theorems of the run
     * @param progress is told of every block of trials
     * @return what they showed
     */
    public ShareResult of(List<? extends Theorem<?>> theorems, Progress progress) {
        List<ShareResult.OfTheorem> seen = new ArrayList<>();
        for (Theorem<?> theorem : theorems) {
            seen.add(of(theorem, progress));
        }
        return new ShareResult(ShareResult.SCHEMA, run, share.number(), share.shares(), seen);
    }

    private <S> ShareResult.OfTheorem of(Theorem<S> theorem, Progress progress) {
        List<FalseVariant<S>> variants = theorem.allFalseVariants();
        boolean[] contradicted = new boolean[variants.size()];
        Draws draws = new Draws(theorem, run.seed());
        List<ShareResult.OneTrial> trials = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        List<Configuration> block = new ArrayList<>();
        long all = share.before(run.trials());
        for (int place = 0; place < run.trials(); place++) {
            Configuration configuration = draws.next();
            if (share.has(place)) {
                places.add(place);
                block.add(configuration);
            }
            if (block.size() == BLOCK || place == run.trials() - 1) {
                List<Seen<S>> done = TrialSource.HERE.trials(theorem, 0, block);
                trials.addAll(recorded(places, done, variants, contradicted));
                progress.trials(theorem.id(), trials.size(), all);
                places.clear();
                block.clear();
            }
        }
        return new ShareResult.OfTheorem(
                theorem.id(), variants.stream().map(FalseVariant::name).toList(), trials);
    }

    private static <S> List<ShareResult.OneTrial> recorded(
            List<Integer> places, List<Seen<S>> done, List<FalseVariant<S>> variants, boolean[] contradicted) {
        List<Evidence> own = Crew.map(done, Seen::evidence);
        List<Map<Integer, Evidence>> ofVariants = new ArrayList<>();
        done.forEach(trial -> ofVariants.add(new HashMap<>()));
        List<List<Evidence>> found = Crew.map(
                IntStream.range(0, variants.size()).boxed().toList(),
                variant -> contradicted[variant] ? List.of() : untilContradicted(done, variants.get(variant)));
        for (int variant = 0; variant < variants.size(); variant++) {
            List<Evidence> evidence = found.get(variant);
            for (int trial = 0; trial < evidence.size(); trial++) {
                ofVariants.get(trial).put(variant, evidence.get(trial));
                contradicted[variant] |= evidence.get(trial).contradicts();
            }
        }
        return IntStream.range(0, done.size())
                .mapToObj(trial -> new ShareResult.OneTrial(
                        places.get(trial),
                        done.get(trial).configuration().toString(),
                        own.get(trial),
                        ofVariants.get(trial)))
                .toList();
    }

    private static <S> List<Evidence> untilContradicted(List<Seen<S>> trials, FalseVariant<S> variant) {
        List<Evidence> evidence = new ArrayList<>();
        for (Seen<S> trial : trials) {
            Evidence here = trial.evidence(variant);
            evidence.add(here);
            if (here.contradicts()) {
                break;
            }
        }
        return evidence;
    }
}
