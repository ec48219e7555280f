package org.idem.laboratory.finding;

import java.util.Locale;

/** What the seeds allow one to say of an event; every kind carries its evidence. */
public sealed interface FindingVerdict {
    /**
     * The event happens from more than the share of all seeds.
     *
     * @param share declared beforehand
     * @param events seeds with the event
     * @param seeds all that count
     * @param level probability of saying so, ever, although it is false
     */
    record Confirmed(double share, long events, long seeds, double level) implements FindingVerdict {
        @Override
        public String word() {
            return "confirmed";
        }

        @Override
        public String guarantee() {
            return String.format(
                    Locale.ROOT,
                    "seen from %d of %d seeds; happens from more than %s of all seeds, said wrongly with probability"
                            + " below %s however often one looks",
                    events,
                    seeds,
                    percent(share),
                    percent(level));
        }
    }

    /**
     * The event happens from less than the share of all seeds.
     *
     * @param share declared beforehand
     * @param events seeds with the event
     * @param seeds all that count
     * @param level probability of saying so, ever, although it is false
     */
    record Refuted(double share, long events, long seeds, double level) implements FindingVerdict {
        @Override
        public String word() {
            return "refuted";
        }

        @Override
        public String guarantee() {
            return String.format(
                    Locale.ROOT,
                    "seen from %d of %d seeds; happens from less than %s of all seeds, said wrongly with probability"
                            + " below %s however often one looks",
                    events,
                    seeds,
                    percent(share),
                    percent(level));
        }
    }

    /**
     * Too few seeds to say either.
     *
     * @param share declared beforehand
     * @param events seeds with the event
     * @param seeds all that count
     * @param level at which either answer would have been given
     */
    record Undecided(double share, long events, long seeds, double level) implements FindingVerdict {
        @Override
        public String word() {
            return "undecided";
        }

        @Override
        public String guarantee() {
            return String.format(
                    Locale.ROOT,
                    "seen from %d of %d seeds; they do not decide, at level %s, whether it happens from more than %s of"
                            + " all seeds",
                    events,
                    seeds,
                    percent(level),
                    percent(share));
        }
    }

    /**
     * The word of the verdict.
     *
     * @return confirmed, refuted or undecided
     */
    String word();

    /**
     * What the verdict promises.
     *
     * @return a plain clause
     */
    String guarantee();

    /**
     * Seeds with the event.
     *
     * @return their number
     */
    long events();

    /**
     * Seeds that count.
     *
     * @return their number
     */
    long seeds();

    /**
     * What a decision says.
     *
     * @param decision after some seeds
     * @param share declared beforehand
     * @return the verdict
     */
    static FindingVerdict of(ShareDecision decision, double share) {
        long events = decision.events();
        long seeds = decision.seeds();
        double level = decision.level();
        return switch (decision.answer()) {
            case MORE -> new Confirmed(share, events, seeds, level);
            case FEWER -> new Refuted(share, events, seeds, level);
            case OPEN -> new Undecided(share, events, seeds, level);
        };
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2g %%", 100 * share);
    }
}
