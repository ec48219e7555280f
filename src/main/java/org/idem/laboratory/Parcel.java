package org.idem.laboratory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.idem.array.Array;
import org.idem.array.Precision;
import org.idem.store.Packed;

/**
 * A record and its arrays, for a store or for machines that work with them.
 *
 * @param record JSON
 * @param arrays by name
 * @param precision to which the arrays are rounded on their way
 */
record Parcel(JsonNode record, Map<String, Array> arrays, Precision precision) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Single precision, unless an array holds numbers that are too large for it. */
    static Parcel of(JsonNode record, Map<String, Array> arrays) {
        boolean fit = arrays.values().stream()
                .allMatch(array -> array.rounded(Precision.FLOAT32).firstNonFinite() < 0);
        return new Parcel(record, arrays, fit ? Precision.FLOAT32 : Precision.FLOAT64);
    }

    /** The parcel with all digits of its arrays. */
    Parcel exact() {
        return new Parcel(record, arrays, Precision.FLOAT64);
    }

    /** As a store keeps it. */
    Packed packed() {
        return Packed.of(record, arrays, precision);
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            byte[] json = JSON.writeValueAsBytes(record);
            out.writeInt(json.length);
            out.write(json);
            boolean single = precision == Precision.FLOAT32;
            out.writeBoolean(single);
            out.writeInt(arrays.size());
            for (Map.Entry<String, Array> entry : arrays.entrySet()) {
                out.writeUTF(entry.getKey());
                int[] shape = entry.getValue().shape();
                out.writeInt(shape.length);
                for (int size : shape) {
                    out.writeInt(size);
                }
                for (double value : entry.getValue().values()) {
                    if (single) {
                        out.writeFloat((float) value);
                    } else {
                        out.writeDouble(value);
                    }
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory can be written to", impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #bytes} wrote.
     *
     * @throws IOException if the bytes are no such ones
     */
    static Parcel read(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            JsonNode record = JSON.readTree(in.readNBytes(in.readInt()));
            boolean single = in.readBoolean();
            Map<String, Array> arrays = new LinkedHashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                String name = in.readUTF();
                int[] shape = new int[in.readInt()];
                for (int axis = 0; axis < shape.length; axis++) {
                    shape[axis] = in.readInt();
                }
                double[] values = new double[Array.lengthOf(shape)];
                for (int i = 0; i < values.length; i++) {
                    values[i] = single ? in.readFloat() : in.readDouble();
                }
                arrays.put(name, Array.of(values, shape));
            }
            return new Parcel(record, arrays, single ? Precision.FLOAT32 : Precision.FLOAT64);
        }
    }
}
