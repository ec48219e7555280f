package org.idem.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    private static final Axis.Text LOSS = new Axis.Text("loss");
    private static final Axis.Whole N = new Axis.Whole("n");

    private static final List<Dimension> SPACE =
            List.of(N.from(1, 20), new Dimension.Real("rate", 0.25, 0.75), LOSS.among(List.of("half-sum", "mean")));

    private static Configuration parse(String line) {
        return Configuration.parse(SPACE, line);
    }

    @Test
    void aLineReadsAsItPrints() {
        String line = "n=7 rate=0.5 loss=mean seed=-3";
        assertEquals(line, parse(line).toString());
        for (long seed = 0; seed < 50; seed++) {
            Configuration drawn = Configuration.draw(SPACE, seed);
            assertEquals(drawn, parse(drawn.toString()));
        }
    }

    /**
     * Of 10⁵ draws no two share configuration and seed, as exact binomial limits need: seeds of 64 bits repeat with
     * probability 3 · 10⁻¹⁰. Every value comes as often as it should, by Hoeffding but with probability 10⁻⁹ each.
     */
    @Test
    void drawsDifferAndCoverTheSpace() {
        long seed = new SecureRandom().nextLong();
        SplittableRandom seeds = new SplittableRandom(seed);
        int draws = 100_000;
        Set<Configuration> distinct = new HashSet<>();
        Set<Long> ofTrials = new HashSet<>();
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < draws; i++) {
            Configuration drawn = Configuration.draw(SPACE, seeds.nextLong());
            distinct.add(drawn);
            ofTrials.add(drawn.seed());
            counts.merge("n=" + drawn.get(N), 1, Integer::sum);
            counts.merge(drawn.get(LOSS) + (drawn.seed() & 1), 1, Integer::sum);
        }
        assertEquals(draws, distinct.size(), "seed " + seed);
        assertEquals(draws, ofTrials.size(), "seed " + seed);
        double margin = Math.sqrt(Math.log(2 / 1e-9) / (2.0 * draws));
        assertEquals(20 + 4, counts.size(), counts.toString());
        counts.forEach((value, count) -> assertEquals(
                value.startsWith("n=") ? 1.0 / 20 : 1.0 / 4, (double) count / draws, margin, value + ", seed " + seed));
    }

    @Test
    void wrongLinesAreRefusedWithRuleAndValue() {
        String[][] wrong = {
            {"n=7 rate=0.5 seed=1", "lacks loss"},
            {"n=7 rate=0.5 loss=mean", "lacks seed"},
            {"n=7 rate=0.5 loss=mean seed=1 depth=2", "depth"},
            {"n=21 rate=0.5 loss=mean seed=1", "n from 1 to 20, got 21"},
            {"n=7.5 rate=0.5 loss=mean seed=1", "got 7.5"},
            {"n=7 rate=NaN loss=mean seed=1", "got NaN"},
            {"n=7 rate=0.5 loss=huber seed=1", "loss half-sum or mean, got huber"},
            {"n=x rate=0.5 loss=mean seed=1", "x"},
            {"n=7 n=8 rate=0.5 loss=mean seed=1", "once"},
            {"nonsense", "nonsense"},
        };
        for (String[] entry : wrong) {
            String message = assertThrows(IllegalArgumentException.class, () -> parse(entry[0]), entry[0])
                    .getMessage();
            assertTrue(message.contains(entry[1]), message);
        }
    }

    @Test
    void simplerConfigurationsAreSimplerInOneDimensionOrHaveAShortSeed() {
        Configuration configuration = parse("n=7 rate=0.40625 loss=mean seed=5");
        for (Configuration simpler : configuration.simpler()) {
            int changed = simpler.seed() == 5 ? 0 : 1;
            assertTrue(simpler.seed() == 5 || simpler.seed() < 4);
            for (int i = 0; i < SPACE.size(); i++) {
                changed += simpler.values().get(i).equals(configuration.values().get(i)) ? 0 : 1;
            }
            assertEquals(1, changed, simpler.toString());
        }
        assertTrue(configuration.simpler().contains(parse("n=1 rate=0.40625 loss=mean seed=5")));
        assertTrue(configuration.simpler().contains(parse("n=7 rate=0.5 loss=mean seed=5")));
        assertTrue(configuration.simpler().contains(parse("n=7 rate=0.40625 loss=half-sum seed=5")));
        assertTrue(parse("n=1 rate=0.75 loss=mean seed=5").simpler().contains(parse("n=1 rate=0.5 loss=mean seed=5")));
        assertEquals(List.of(), parse("n=1 rate=0.5 loss=half-sum seed=0").simpler());
    }
}
