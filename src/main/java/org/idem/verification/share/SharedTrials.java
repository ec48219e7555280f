package org.idem.verification.share;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.idem.execution.Share;
import org.idem.space.Configuration;
import org.idem.theorem.Evidence;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Theorem;
import org.idem.verification.Draws;
import org.idem.verification.Seen;
import org.idem.verification.TrialSource;
import org.jspecify.annotations.Nullable;

/** All trials of a run, from the files of its shares. A trial that two files hold counts once. */
public final class SharedTrials implements TrialSource {
    private final RunDescription run;
    private final Map<String, List<String>> variants = new HashMap<>();
    private final Map<String, Map<Integer, ShareResult.OneTrial>> trials = new HashMap<>();

    /** Shares that were joined, by the number of shares that they are of. */
    private final Map<Integer, TreeSet<Integer>> joined = new HashMap<>();

    /**
     * Begins with the shares of one run.
     *
     * @param run that all shares belong to
     */
    public SharedTrials(RunDescription run) {
        this.run = run;
    }

    /**
     * The run.
     *
     * @return what all shares have in common
     */
    public RunDescription run() {
        return run;
    }

    /** The same trials, to which others can be added. */
    SharedTrials copy() {
        SharedTrials copy = new SharedTrials(run);
        copy.variants.putAll(variants);
        trials.forEach((id, places) -> copy.trials.put(id, new HashMap<>(places)));
        joined.forEach((shares, numbers) -> copy.joined.put(shares, new TreeSet<>(numbers)));
        return copy;
    }

    /** What a trial showed; null if no share holds it, or one of another configuration in its place. */
    ShareResult.@Nullable OneTrial trial(String id, int place, Configuration configuration) {
        ShareResult.OneTrial trial = trials.getOrDefault(id, Map.of()).get(place);
        return trial != null && trial.configuration().equals(configuration.toString()) ? trial : null;
    }

    /**
     * Trials of all theorems.
     *
     * @return how many the shares hold
     */
    public long count() {
        return trials.values().stream().mapToLong(Map::size).sum();
    }

    /**
     * Whether nothing is left to run of a share of a theorem's trials.
     *
     * @param id of the theorem
     * @param share of its trials
     * @return true if all of them are there
     */
    public boolean has(String id, Share share) {
        Map<Integer, ShareResult.OneTrial> places = trials.getOrDefault(id, Map.of());
        return IntStream.range(0, run.trials()).filter(share::has).allMatch(places::containsKey);
    }

    /**
     * Adds a share.
     *
     * @param share what it saw
     * @throws IllegalArgumentException with one line for people, if it belongs to another run
     */
    public void add(ShareResult share) {
        String difference = run.differenceTo(share.run());
        if (difference != null) {
            throw new IllegalArgumentException("shares must be of one run, got " + difference);
        }
        joined.computeIfAbsent(share.shares(), number -> new TreeSet<>()).add(share.number());
        for (ShareResult.OfTheorem one : share.theorems()) {
            List<String> known = variants.putIfAbsent(one.id(), one.variants());
            if (known != null && !known.equals(one.variants())) {
                throw new IllegalArgumentException(
                        "shares must be of one version of the program, got different false variants of " + one.id());
            }
            Map<Integer, ShareResult.OneTrial> places = trials.computeIfAbsent(one.id(), id -> new HashMap<>());
            one.trials().forEach(trial -> places.putIfAbsent(trial.place(), trial));
        }
    }

    /**
     * Why the trials cannot be judged.
     *
     * @param theorems of the run
     * @return one line for people; null if every trial of every theorem is there, as this version draws it
     */
    @Nullable
    public String fault(List<? extends Theorem<?>> theorems) {
        long lacking = 0;
        String first = null;
        for (Theorem<?> theorem : theorems) {
            List<String> names =
                    theorem.allFalseVariants().stream().map(FalseVariant::name).toList();
            if (!names.equals(variants.getOrDefault(theorem.id(), names))) {
                return "shares must be of this version of the program, got other false variants of " + theorem.id();
            }
            Map<Integer, ShareResult.OneTrial> places = trials.getOrDefault(theorem.id(), Map.of());
            Draws draws = new Draws(theorem, run.seed());
            for (int place = 0; place < run.trials(); place++) {
                String drawn = draws.next().toString();
                ShareResult.OneTrial trial = places.get(place);
                if (trial == null) {
                    lacking++;
                    first = first == null ? theorem.id() : first;
                } else if (!trial.configuration().equals(drawn)) {
                    return "trial " + place + " of " + theorem.id() + " must be '" + drawn + "', got '"
                            + trial.configuration() + "': the shares were run with other images or another version";
                }
            }
        }
        return lacking == 0
                ? null
                : "all shares of a run are needed, but " + lacking + " trials are missing, first of " + first
                        + missingShares();
    }

    /** Which shares to run, where all that are there are of one number of shares. */
    private String missingShares() {
        if (joined.size() != 1) {
            return "";
        }
        var only = joined.entrySet().iterator().next();
        String absent = AbsentShares.of(only.getKey(), only.getValue());
        return absent.isEmpty() ? "" : "; run --shard " + absent;
    }

    @Override
    public <S> List<Seen<S>> trials(Theorem<S> theorem, int first, List<Configuration> block) {
        Map<Integer, ShareResult.OneTrial> places = trials.getOrDefault(theorem.id(), Map.of());
        List<String> names = variants.getOrDefault(theorem.id(), List.of());
        List<Seen<S>> seen = new ArrayList<>();
        for (int i = 0; i < block.size(); i++) {
            ShareResult.OneTrial trial = places.get(first + i);
            if (trial == null) {
                throw new IllegalArgumentException(
                        "trial " + (first + i) + " of " + theorem.id() + " must be in a share, got none");
            }
            seen.add(new Recorded<>(block.get(i), trial, names));
        }
        return seen;
    }

    /** A trial that another process ran. */
    private record Recorded<S>(Configuration configuration, ShareResult.OneTrial trial, List<String> names)
            implements Seen<S> {
        @Override
        public Evidence evidence() {
            return trial.evidence();
        }

        @Override
        public Evidence evidence(FalseVariant<S> variant) {
            Evidence evidence = trial.variants().get(names.indexOf(variant.name()));
            if (evidence == null) {
                throw new IllegalArgumentException(
                        "a share must say what trial " + trial.place() + " shows of '" + variant.name() + "'");
            }
            return evidence;
        }
    }
}
