package org.idem.report.asset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class AssetsTest {
    @Test
    void textsAreThoseOfTheProgram() {
        assertTrue(Assets.text(Assets.class, "page.css").contains("--ink"));
        assertTrue(Assets.style().endsWith(Assets.pageStyle()));
        assertFalse(Assets.style().contains("url(fonts/"), "every font is inside the page");
    }

    @Test
    void aMissingTextIsNamed() {
        UncheckedIOException missing =
                assertThrows(UncheckedIOException.class, () -> Assets.text(Assets.class, "none.css"));
        assertEquals(
                "the program must contain none.css, but does not",
                missing.getCause().getMessage());
    }
}
