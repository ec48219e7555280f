package org.idem.cli.theorem;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32C;

/** Files of shares whose checksums are right, whatever else was changed in them. */
final class Sealed {
    private static final String BEGIN = "{\"checksum\":\"";

    private Sealed() {}

    /** The same file with the checksum that its other bytes have. */
    static String again(String text) {
        int rest = text.indexOf(',') + 1;
        CRC32C sum = new CRC32C();
        sum.update(text.substring(rest).getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%s%08x\",%s", BEGIN, sum.getValue(), text.substring(rest));
    }
}
