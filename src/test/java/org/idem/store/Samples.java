package org.idem.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.SplittableRandom;
import org.idem.array.Array;
import org.idem.array.Precision;

/** Results that follow from their number alone, so that whoever reads them knows what must be there. */
final class Samples {
    private Samples() {}

    static String key(int number) {
        return "run-" + number;
    }

    /** About 3 kB of JSON. */
    static ObjectNode record(int number) {
        return record(number, 140);
    }

    /** As many random values, and text that JSON has to escape. */
    static ObjectNode record(int number, int count) {
        SplittableRandom random = new SplittableRandom(number);
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.put("number", number).put("text", "größer \"zitiert\"\n\u0001 \uD83D\uDE00 " + number);
        var values = record.putArray("values");
        for (int i = 0; i < count; i++) {
            values.add(random.nextDouble(-1e3, 1e3));
        }
        return record;
    }

    /** Every third result has no arrays. */
    static Map<String, Array> arrays(int number) {
        if (number % 3 == 2) {
            return Map.of();
        }
        double[] values = new SplittableRandom(~number).doubles(60).toArray();
        return Map.of(
                "outputs", Array.of(values, 3, 4, 5).rounded(Precision.FLOAT32), "scalar", Array.of(new double[] {number
                }));
    }

    static void append(Store store, int number) throws IOException {
        store.append(key(number), record(number), arrays(number), Precision.FLOAT32);
    }

    /** Asserts that a store holds a result, to the bit. */
    static void requireHeld(Store store, int number) throws IOException {
        assertEquals(record(number), store.record(key(number)).orElseThrow(), key(number));
        assertEquals(arrays(number), store.arrays(key(number)).orElseThrow(), key(number));
    }
}
