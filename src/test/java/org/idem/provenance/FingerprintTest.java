package org.idem.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    @Test
    void theProgramStaysTheSameWhileItRuns() throws IOException {
        assertEquals(64, Fingerprint.ofProgram().length());
        assertEquals(Fingerprint.ofProgram(), Fingerprint.ofProgram());
    }
}
