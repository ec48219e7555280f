package org.idem.theorem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.idem.array.Array;
import org.idem.theorem.Claim.Discrepancy;
import org.junit.jupiter.api.Test;

class RateTest {
    /** Discrepancies as they are seen, without errors. */
    private static Claim.Limit claim(Rate... rates) {
        return claim(0, rates);
    }

    private static Claim.Limit claim(double error, Rate... rates) {
        return new Claim.Limit(List.of(rates), row -> {
            List<Discrepancy> all = new ArrayList<>();
            for (double value : row.values()) {
                all.add(new Discrepancy(value, error));
            }
            return all;
        });
    }

    private static Array seen(double... numbers) {
        return Array.of(numbers, 2, numbers.length / 2);
    }

    @Test
    void aRateIsTheExponentThatExplainsBothDiscrepancies() {
        assertEquals(2, Rate.seen(16, 1, 4));
        assertEquals(-0.5, Rate.seen(1, 2, 4));
        assertTrue(Rate.exactly(2).holds(2.25) && Rate.exactly(2).holds(1.75));
        assertFalse(Rate.exactly(2).holds(2.26)
                || Rate.exactly(2).holds(1.74)
                || Rate.exactly(2).holds(Double.NaN));
        assertTrue(Rate.atLeast(2).holds(Double.POSITIVE_INFINITY)
                && Rate.atLeast(2).holds(1.75));
        assertFalse(Rate.atLeast(2).holds(1.74) || Rate.atLeast(2).holds(Double.NaN));
        assertEquals(0, Rate.atLeast(2).missedBy(7));
        assertEquals(5, Rate.exactly(2).missedBy(7));
    }

    @Test
    void rateAndSlackArePositive() {
        assertThrows(IllegalArgumentException.class, () -> Rate.exactly(0));
        assertThrows(IllegalArgumentException.class, () -> new Rate(1, Double.NaN, true));
    }

    @Test
    void theEventIsThatOfTheory() {
        // D(ε/4) ≤ D(ε)·4^(−q + 1/4), here with q = 1
        double limit = Math.pow(4, -0.75);
        Claim.Limit one = claim(Rate.atLeast(1));
        assertTrue(((Evidence.Measured) one.against(seen(1, limit * (1 - 1e-12)))).holds());
        assertFalse(((Evidence.Measured) one.against(seen(1, limit * (1 + 1e-12)))).holds());
    }

    @Test
    void theRateThatIsMissedFurthestDecidesAndAloneContradictsNothing() {
        Evidence evidence = claim(Rate.exactly(1), Rate.exactly(2)).against(seen(4, 8, 1, 2));
        Evidence.Shrunk shrunk = assertInstanceOf(Evidence.Shrunk.class, evidence);
        assertEquals(1, shrunk.seen());
        assertEquals(2, shrunk.rate().exponent());
        assertEquals(4, shrunk.ratio());
        assertFalse(shrunk.holds() || shrunk.contradicts() || shrunk.copied());
        assertTrue(shrunk.decides());
    }

    @Test
    void roundingThatMayHideARateLeavesItUndecided() {
        // between (4 − ½)/(1 + ½) and (4 + ½)/(1 − ½): rates from 0.6 to 1.6
        assertInstanceOf(Evidence.Undecidable.class, claim(0.5, Rate.exactly(1)).against(seen(4, 1)));
        assertInstanceOf(Evidence.Shrunk.class, claim(0.5, Rate.exactly(3)).against(seen(4, 1)));
        assertInstanceOf(Evidence.Shrunk.class, claim(0.01, Rate.exactly(1)).against(seen(4, 1)));
        // what is missed for sure decides, whatever hides the others
        assertInstanceOf(
                Evidence.Shrunk.class,
                claim(0.5, Rate.exactly(1), Rate.exactly(3)).against(seen(4, 4, 1, 1)));
        assertInstanceOf(Evidence.Undecidable.class, claim(Rate.exactly(1)).against(seen(0, 0)));
    }

    @Test
    void whatIsNoNumberMissesEveryRate() {
        Evidence evidence = claim(Rate.atLeast(1)).against(seen(1, Double.NaN));
        assertFalse(((Evidence.Measured) evidence).holds());
        assertFalse(((Evidence.Measured) claim(Rate.atLeast(1)).against(seen(Double.POSITIVE_INFINITY, 1))).holds());
    }

    @Test
    void exactlyNothingHasVanishedOrHasNot() {
        assertTrue(((Evidence.Measured) claim(Rate.atLeast(1)).against(seen(1, 0))).holds());
        assertFalse(((Evidence.Measured) claim(Rate.exactly(1)).against(seen(1, 0))).holds());
        assertFalse(((Evidence.Measured) claim(Rate.atLeast(1)).against(seen(0, 1))).holds());
    }

    @Test
    void whatVanishesFasterIsShownAsItIs() {
        Evidence evidence = claim(Rate.atLeast(1)).against(seen(16, 1));
        assertEquals(2, ((Evidence.Shrunk) evidence).seen());
        assertEquals(0, ((Evidence.Shrunk) evidence).measured());
    }

    @Test
    void aWrongRateIsOffByItsError() {
        Claim.Limit off = (Claim.Limit) claim(Rate.exactly(2)).off(0.5);
        assertEquals(3, off.rates().get(0).exponent());
    }
}
