package org.idem.theorem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    private static final List<Dimension> SPACE = List.of(
            new Dimension.Whole("n", 1, 20),
            new Dimension.Real("rate", 0.25, 0.75),
            new Dimension.Choice("loss", List.of("half-sum", "mean")));

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
