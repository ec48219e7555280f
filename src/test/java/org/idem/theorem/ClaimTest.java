package org.idem.theorem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.idem.array.Array;
import org.junit.jupiter.api.Test;

class ClaimTest {
    private static Array numbers(double... values) {
        return Array.of(values, values.length);
    }

    private static Evidence equality(Array predicted, Array budget, Array observed) {
        return new Claim.Equality(predicted, budget).against(observed);
    }

    @Test
    void theWorstEntryDecides() {
        Evidence.Compared evidence =
                (Evidence.Compared) equality(numbers(1, 2, 3), numbers(0.5, 0.25, 1), numbers(1.25, 2.5, 3.5));
        assertEquals(0.5, evidence.measured());
        assertEquals(0.25, evidence.limit());
        assertEquals(2, evidence.ratio());
        assertTrue(evidence.contradicts());
    }

    @Test
    void theBudgetItselfIsAllowed() {
        Evidence.Compared evidence = (Evidence.Compared) equality(numbers(1), numbers(0.5), numbers(1.5));
        assertTrue(evidence.holds());
        assertFalse(evidence.contradicts());
    }

    @Test
    void withoutBudgetOnlyTheSameNumberWillDo() {
        assertFalse(equality(numbers(0.5), numbers(0), numbers(0.5)).contradicts());
        assertTrue(equality(numbers(0.5), numbers(0), numbers(Math.nextUp(0.5))).contradicts());
    }

    @Test
    void noBudgetIsBelowZero() {
        Claim claim = new Claim.Equality(numbers(1, 2), numbers(1, -1));
        Observation seen = new Observation.Seen(numbers(1, 3));
        assertEquals(
                "a budget must be at least 0, got -1.0",
                assertThrows(IllegalArgumentException.class, () -> claim.against(seen))
                        .getMessage());
    }

    @Test
    void whatIsComparedHasAsManyNumbers() {
        for (int wrong = 0; wrong < 3; wrong++) {
            Array[] parts = {numbers(1, 2), numbers(1, 2), numbers(1, 2)};
            parts[wrong] = numbers(1, 2, 3);
            String message = assertThrows(IllegalArgumentException.class, () -> equality(parts[0], parts[1], parts[2]))
                    .getMessage();
            assertEquals(
                    "an observation, its prediction and the budget must have as many numbers, got " + parts[2].length()
                            + " observed, " + parts[0].length() + " predicted and " + parts[1].length()
                            + " in the budget",
                    message);
        }
    }

    @Test
    void whatIsNotANumberContradictsWhereverItStands() {
        assertTrue(
                equality(numbers(1, 2), numbers(1, 1), numbers(Double.NaN, 2)).contradicts());
        assertTrue(
                equality(numbers(1, 2), numbers(1, 1), numbers(1, Double.NaN)).contradicts());
        assertTrue(
                equality(numbers(1, 2), numbers(1, Double.NaN), numbers(1, 2)).contradicts());
        assertTrue(equality(numbers(1), numbers(1), numbers(Double.POSITIVE_INFINITY))
                .contradicts());
    }

    @Test
    void aBudgetAsLargeAsThePredictionDecidesNothing() {
        assertInstanceOf(Evidence.Undecidable.class, equality(numbers(1, -2), numbers(3, 3), numbers(1.5, -2)));
        assertInstanceOf(
                Evidence.Undecidable.class, equality(numbers(1), numbers(Double.POSITIVE_INFINITY), numbers(7)));
        // one entry that can be told apart is enough
        assertInstanceOf(Evidence.Compared.class, equality(numbers(1, -2), numbers(3, 1), numbers(1.5, -2)));
    }

    @Test
    void aBoundThatAlwaysHoldsIsContradictedByOneTrial() {
        assertTrue(new Claim.UpperBound(1, 1.5, 0).against(numbers(2)).contradicts());
        assertFalse(new Claim.UpperBound(1, 1.5, 0).against(numbers(1.25)).contradicts());
        assertFalse(new Claim.UpperBound(1, 1.5, 0.05).against(numbers(2)).contradicts());
        assertTrue(new Claim.UpperBound(1, 1.5, 0).against(numbers(Double.NaN)).contradicts());
    }

    @Test
    void aLawPlacesItsNumber() {
        Evidence evidence = new Claim.Law(seen -> seen.values()[0], value -> value / 4).against(numbers(1));
        assertEquals(new Evidence.Placed(0.25), evidence);
        assertTrue(evidence.decides());
        assertFalse(evidence.contradicts());
    }

    @Test
    void aMeanIsHeldAgainstAnAverage() {
        Evidence evidence = new Claim.Mean(2, 0.5, 0.25).against(numbers(1, 2, 6));
        assertEquals(new Evidence.Averaged(3, 3, 2, 0.5, 0.25), evidence);
        assertTrue(evidence.decides());
        assertFalse(evidence.contradicts());
    }

    @Test
    void aClaimThatIsOffIsWrongByThatMuch() {
        assertEquals(
                new Evidence.Compared(0.25, 0.5),
                new Claim.Equality(numbers(2), numbers(0.5)).off(0.125).against(numbers(2)));
        assertEquals(
                new Evidence.Bounded(1, 3, 4, 0.5),
                new Claim.UpperBound(4, 5, 0.5).off(0.25).against(numbers(1)));
        assertEquals(
                new Evidence.Placed(0.5),
                new Claim.Law(seen -> seen.values()[0], value -> value / 2)
                        .off(1)
                        .against(numbers(2)));
        assertEquals(new Claim.Mean(3, 1, 1), new Claim.Mean(2, 1, 1).off(0.5));
    }

    @Test
    void aGivenClaimTakesItsNumbersFromWhatWasSeen() {
        // the second number seen is twice the first, to one part in the third
        Claim claim = new Claim.Given<>(
                Course.class,
                seen -> new Claim.Equality(numbers(2 * seen.first()), numbers(seen.first() / seen.parts())),
                seen -> numbers(seen.second()));
        assertEquals(new Evidence.Compared(0.25, 0.5), claim.against(new Course(2, 4.25, 4)));
        assertTrue(claim.against(new Course(2, 4.25, 16)).contradicts());
        assertEquals(new Evidence.Compared(0.75, 0.5), claim.off(0.25).against(new Course(2, 4.25, 4)));
        Evidence unseen = new Evidence.NotConverged("too few steps");
        assertEquals(unseen, claim.against(new Observation.Nothing(unseen)));
    }

    private record Course(double first, double second, double parts) implements Observation.Recorded {}

    @Test
    void aClaimIsComparedWithWhatItSpeaksAboutOnly() {
        Claim numbers = new Claim.UpperBound(1, 1, 0);
        Claim course = new Claim.Given<>(Course.class, seen -> new Claim.UpperBound(1, 1, 0), seen -> numbers(0));
        Observation seen = new Observation.Seen(numbers(2));
        assertTrue(numbers.against(seen).contradicts());
        Observation other = new Course(1, 2, 1);
        assertThrows(IllegalArgumentException.class, () -> numbers.against(other));
        assertThrows(IllegalArgumentException.class, () -> course.against(seen));
        Evidence unseen = new Evidence.NotConverged("too few steps");
        assertEquals(unseen, numbers.against(new Observation.Nothing(unseen)));
    }
}
