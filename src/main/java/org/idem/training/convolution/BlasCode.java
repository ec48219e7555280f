package org.idem.training.convolution;

import java.util.Locale;
import java.util.Set;

/**
 * What is known of the code that OpenBLAS runs.
 *
 * <p>OpenBLAS chooses by the number of a processor, and chooses its oldest code for one that is newer than itself. It
 * cannot be asked from Java what it has chosen; where the environment names the code, as the launcher does on
 * processors of Intel and AMD, it takes that.
 */
final class BlasCode {
    private static final Set<String> WIDE = Set.of("skylakex", "cooperlake", "sapphirerapids");

    private BlasCode() {}

    /**
     * Whether OpenBLAS is known to multiply 16 numbers at once.
     *
     * @param named value of OPENBLAS_CORETYPE, empty if it is not set
     */
    static boolean isWide(String named) {
        return WIDE.contains(named.toLowerCase(Locale.ROOT));
    }
}
