package org.idem.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.idem.array.Array;
import org.idem.space.Axis;
import org.idem.space.Configuration;
import org.idem.space.Dimension;
import org.idem.theorem.Claim;
import org.idem.theorem.Evidence;
import org.idem.theorem.FalseVariant;
import org.idem.theorem.Observation;
import org.idem.theorem.Statement;
import org.idem.theorem.Theorem;
import org.junit.jupiter.api.Test;

class StatisticalTestTest {
    private static final Axis.Whole THOUSANDTH = new Axis.Whole("thousandth");

    private static final double LEVEL = 1e-4;

    /** Places (i + ½)/n, as even as can be, passed through a function. */
    private static List<Evidence> places(int count, DoubleUnaryOperator place) {
        return IntStream.range(0, count)
                .<Evidence>mapToObj(i -> new Evidence.Placed(place.applyAsDouble((i + 0.5) / count)))
                .toList();
    }

    @Test
    void evenPlacesAreLikely() {
        List<Evidence> even = places(1000, u -> u);
        assertEquals(1, StatisticalTest.pValue(even));
        // half a step, and a few roundings of numbers below 1
        assertEquals(0.0005, StatisticalTest.distance(even), 4 * 0x1p-53);
        assertEquals(1, StatisticalTest.pValue(List.of(new Evidence.NotConverged("far"))));
    }

    @Test
    void wrongLocationAndWrongVarianceAreSeen() {
        assertTrue(StatisticalTest.pValue(places(1000, u -> Math.pow(u, 1.25))) < LEVEL);
        // symmetric and narrower than uniform
        assertTrue(StatisticalTest.pValue(places(1000, u -> u + 0.1 * Math.sin(2 * Math.PI * u))) < LEVEL);
        // the first of 0.42, 0.46, … stands where the step from 0 to 1/5 is; a few roundings of numbers below 1
        assertEquals(0.42, StatisticalTest.distance(places(5, u -> 0.4 + 0.2 * u)), 4 * 0x1p-53);
    }

    @Test
    void whatNoLawAllowsIsImpossible() {
        for (double impossible : new double[] {Double.NaN, -0.1, 1.5, 0, 1}) {
            List<Evidence> evidence = new ArrayList<>(places(10, u -> u));
            evidence.add(new Evidence.Placed(impossible));
            assertEquals(0, StatisticalTest.pValue(evidence), String.valueOf(impossible));
        }
    }

    @Test
    void boundsMayFailAsOftenAsTheySay() {
        Evidence within = new Evidence.Bounded(1, 2, 2, 0.25);
        Evidence beyond = new Evidence.Bounded(3, 2, 2, 0.25);
        List<Evidence> quarter = new ArrayList<>();
        List<Evidence> half = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            quarter.add(i % 4 == 0 ? beyond : within);
            half.add(i % 2 == 0 ? beyond : within);
        }
        assertTrue(StatisticalTest.pValue(quarter) > 0.1);
        assertTrue(StatisticalTest.pValue(half) < LEVEL);
    }

    /** Says that the square of a uniform number is uniform, or what is true of it. */
    private record Square(boolean right) implements Theorem<Double> {
        @Override
        public String id() {
            return "square";
        }

        @Override
        public Statement statement() {
            return new Statement("a law", "u^2", "none", "made up");
        }

        @Override
        public List<Dimension> space() {
            return List.of(THOUSANDTH.from(0, 999));
        }

        @Override
        public Double scenario(Configuration configuration) {
            return (configuration.get(THOUSANDTH) + 0.5) / 1000;
        }

        @Override
        public Observation observe(Double u) {
            return new Observation.Seen(Array.of(new double[] {u * u}));
        }

        @Override
        public Claim claim(Double u) {
            return new Claim.Law(seen -> seen.values()[0], x -> right ? Math.sqrt(x) : x);
        }

        @Override
        public List<FalseVariant<Double>> falseVariants() {
            return List.of(new FalseVariant.WrongClaim<>(
                    "uniform itself", u -> new Claim.Law(seen -> seen.values()[0], x -> x)));
        }
    }

    @Test
    void lawsAreConfirmedOrRefutedByAllTrialsTogether() {
        TheoremResult right = new Verifier(500, 3, 0.99).verify(new Square(true), 1, Progress.SILENT);
        Verdict.LawConfirmed verdict = assertInstanceOf(Verdict.LawConfirmed.class, right.verdict());
        assertTrue(verdict.isConfirmation() && !verdict.isRefutation());
        assertTrue(verdict.guarantee().contains("from 500 trials, confidence 99 %"), verdict.guarantee());
        assertTrue(verdict.distance() > Math.sqrt(Math.log(200) / 1000));
        TheoremResult.VariantResult variant = right.variants().get(0);
        assertTrue(variant.refuted());
        // a law is not shrunk
        assertNull(variant.counterexample());

        Verdict wrong = new Verifier(500, 3, 0.99)
                .verify(new Square(false), 1, Progress.SILENT)
                .verdict();
        assertInstanceOf(Verdict.Improbable.class, wrong);
        assertTrue(wrong.isRefutation() && !wrong.isConfirmation());
        assertEquals("refuted", wrong.word());
        assertTrue(wrong.guarantee().contains("below the level"), wrong.guarantee());
    }

    @Test
    void fewTrialsConfirmNoLaw() {
        Verdict verdict = new Verifier(10, 3, 0.99)
                .verify(new Square(true), 1, Progress.SILENT)
                .verdict();
        assertEquals("underpowered", verdict.word());
        assertEquals(
                "no guarantee: after only 10 trials the true law may be far from the claimed one", verdict.guarantee());
    }

    @Test
    void undecidedVerdictsNameWhatSilencedMostTrials() {
        assertEquals("underpowered", new Verdict.Silent(new Tally(9, 3, 2, 1)).word());
        assertEquals("not converged", new Verdict.Silent(new Tally(1, 5, 2, 1)).word());
        assertEquals("hypotheses not met", new Verdict.Silent(new Tally(1, 2, 5, 1)).word());
        assertEquals("undecidable", new Verdict.Silent(new Tally(1, 2, 3, 5)).word());
        assertEquals("", new Tally(4, 0, 0, 0).silence());
    }

    @Test
    void sharesOfATallyAddUp() {
        assertEquals(
                "those 77.5 % of its configurations that decide (22.5 % hidden by rounding)",
                new Tally(31, 0, 0, 9).space());
        assertEquals(
                "those 99.993 % of its configurations that decide (0.007 % hypotheses not met)",
                new Tally(13999, 0, 1, 0).space());
        assertEquals("20.0 % not converged, 10.0 % hypotheses not met", new Tally(7, 2, 1, 0).silence());
        assertEquals("its configurations", new Tally(7, 0, 0, 0).space());
    }

    @Test
    void exactArithmeticConfirmsTheTheoryAndRefutesItsVariants() {
        ExactResults results = ExactResults.of(11, 60);
        assertEquals("confirmed", results.word());
        assertEquals(60, results.instances().total());
        assertTrue(results.guarantee().startsWith("60 random instances of 30 parts"), results.guarantee());
        assertEquals(results.variants().size(), results.refutedVariants());
    }
}
