package org.idem.verification.share;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.idem.theorem.Theorem;
import org.idem.verification.Calibration;
import org.idem.verification.PowerResult;
import org.jspecify.annotations.Nullable;

/** All of a run of power, from the files of its shares. A share of which there are two files counts once. */
public final class SharedPower {
    private final PowerShare first;
    private final Map<Integer, PowerShare> shares = new TreeMap<>();

    /**
     * Begins with one share.
     *
     * @param first any of them
     */
    public SharedPower(PowerShare first) {
        this.first = first;
        shares.put(first.number(), first);
    }

    /**
     * The run.
     *
     * @return what all shares have in common
     */
    public RunDescription run() {
        return first.run();
    }

    /**
     * Runs of true theorems in all shares.
     *
     * @return null if they were not asked for
     */
    public @Nullable Integer alarmRuns() {
        return first.alarmRuns();
    }

    /**
     * Adds a share.
     *
     * @param share what it found
     * @throws IllegalArgumentException with one line for people, if it belongs to another run
     */
    public void add(PowerShare share) {
        String difference = run().differenceTo(share.run());
        if (difference == null && !Objects.equals(alarmRuns(), share.alarmRuns())) {
            difference = "--false-alarms " + said(alarmRuns()) + " and " + said(share.alarmRuns());
        }
        if (difference == null && first.shares() != share.shares()) {
            difference = first.shares() + " and " + share.shares() + " shares";
        }
        if (difference != null) {
            throw new IllegalArgumentException("shares must be of one run, got " + difference);
        }
        shares.putIfAbsent(share.number(), share);
    }

    private static Object said(@Nullable Integer runs) {
        return runs == null ? "not given" : runs;
    }

    /**
     * Why the shares are no whole run.
     *
     * @param theorems of the run
     * @return one line for people; null if nothing is missing
     */
    public @Nullable String fault(List<Theorem<?>> theorems) {
        String absent = AbsentShares.of(first.shares(), shares.keySet());
        if (!absent.isEmpty()) {
            return "all shares of a run are needed; run --shard " + absent;
        }
        for (Theorem<?> theorem : theorems) {
            if (of(theorem) == null) {
                return "the shares hold nothing of " + theorem.id() + ": they were run by another version";
            }
        }
        return null;
    }

    /**
     * What was found of theorems.
     *
     * @param theorems of the run, of which {@link #fault} finds nothing missing
     * @return one result for each
     */
    public List<PowerResult> results(List<Theorem<?>> theorems) {
        List<PowerResult> results = new ArrayList<>();
        for (Theorem<?> theorem : theorems) {
            results.add(Objects.requireNonNull(of(theorem)).of(theorem, run().trials()));
        }
        return results;
    }

    private PowerShare.@Nullable OfTheorem of(Theorem<?> theorem) {
        return shares.values().stream()
                .flatMap(share -> share.theorems().stream())
                .filter(one -> one.id().equals(theorem.id()))
                .findFirst()
                .orElse(null);
    }

    /**
     * What happened in the runs of true theorems.
     *
     * @return those of all shares; null if they were not asked for
     */
    public @Nullable Calibration alarms() {
        Calibration all = null;
        for (PowerShare share : shares.values()) {
            Calibration some = share.alarms();
            if (some != null) {
                all = all == null ? some : all.with(some);
            }
        }
        return all;
    }
}
