package org.idem.cli.argument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.idem.cli.terminal.BadInput;
import org.idem.cli.terminal.MissingPart;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The default program has no part for Spark and says so; what is no master is refused before that. */
class SparkMasterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yarn",
                "local[0]",
                "local[2",
                "local[1000]",
                "spark://head",
                "spark://:7077",
                "head:7077",
                "spark://head:7077,",
                "spark://head:70777777",
                "local [2]"
            })
    void othersAreRefused(String word) {
        BadInput refused = assertThrows(BadInput.class, () -> SparkMaster.of(word));
        assertTrue(
                refused.getMessage().startsWith("--spark must be spark://HOST:PORT")
                        && refused.getMessage().endsWith("got '" + word + "'"),
                refused::getMessage);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "local|true",
                "local[2]|true",
                "local[*]|true",
                "spark://head:7077|false",
                "spark://10.0.0.1:7077,b-2.example:7078|false"
            })
    void theRemedyIsNamed(String word, boolean here) {
        assertEquals(here, SparkMaster.isHere(word));
        MissingPart refused = assertThrows(MissingPart.class, () -> SparkMaster.of(word));
        assertTrue(refused.getMessage().contains("./idem, which builds that part"), refused::getMessage);
    }
}
