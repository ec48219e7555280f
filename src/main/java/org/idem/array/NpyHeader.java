package org.idem.array;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What stands before the numbers of a npy file: the Python dictionary of type, order and shape.
 *
 * <p>Parsed strictly, as exactly the literal that NumPy writes: the keys descr, fortran_order and shape, once each, in
 * any order. Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 *
 * @param type how a number is stored
 * @param fortranOrder whether the first index varies fastest
 * @param shape sizes of the axes, 0 to 4 of them, whose product fits a long; shared, nobody writes to it
 * @param bytes bytes of the file up to the first number
 */
record NpyHeader(NpyType type, boolean fortranOrder, long[] shape, int bytes) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    /** Longest header that is read; three keys and four sizes need 200 bytes. */
    private static final int LONGEST = 0xFFFF;

    private static final int HIGHEST_RANK = 4;
    /** Most numbers; of more, the number of bytes does not fit a long. */
    private static final long MOST_NUMBERS = Long.MAX_VALUE / 8;

    static boolean hasMagic(byte[] start) {
        return start.length >= MAGIC.length && Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /** Reads magic bytes, version and dictionary, up to the first number. */
    static NpyHeader read(InputStream in, String source) throws IOException {
        byte[] start = in.readNBytes(8);
        if (NpzFile.hasMagic(start)) {
            throw new DataFormatException(source, "must be a single array (.npy), but is a zip archive (.npz)");
        }
        if (start.length < 8 || !hasMagic(start)) {
            throw new DataFormatException(source, "must be a npy file, which begins with \\x93NUMPY, but does not");
        }
        int version = start[6];
        if (version < 1 || version > 3 || start[7] != 0) {
            throw new DataFormatException(
                    source, "npy version must be 1.0, 2.0 or 3.0, got " + (version & 0xFF) + "." + (start[7] & 0xFF));
        }
        byte[] size = in.readNBytes(version == 1 ? 2 : 4);
        long length = 0;
        for (int i = size.length - 1; i >= 0; i--) {
            length = (length << 8) | (size[i] & 0xFF);
        }
        if (size.length < (version == 1 ? 2 : 4)) {
            throw new DataFormatException(source, "ends within its header");
        }
        if (length > LONGEST) {
            throw new DataFormatException(source, "npy header must have at most " + LONGEST + " bytes, got " + length);
        }
        byte[] dictionary = in.readNBytes((int) length);
        if (dictionary.length < length) {
            throw new DataFormatException(
                    source, "npy header must have the " + length + " bytes it announces, got " + dictionary.length);
        }
        return new Parser(new String(dictionary, StandardCharsets.ISO_8859_1), source)
                .dictionary(8 + size.length + dictionary.length);
    }

    /** How many numbers the file holds. */
    long count() {
        return Arrays.stream(shape).reduce(1, (count, size) -> count * size);
    }

    /** How many numbers an entry of the first axis holds; a file without axes has none. */
    long countPerEntry() {
        return Arrays.stream(shape).skip(1).reduce(1, (count, size) -> count * size);
    }

    /** The bytes before the numbers of a C-ordered file of version 1.0, padded to a multiple of 64. */
    static byte[] bytesFor(NpyType type, int[] shape) {
        StringBuilder text =
                new StringBuilder("{'descr': '" + type.description() + "', 'fortran_order': False, 'shape': (");
        for (int axis = 0; axis < shape.length; axis++) {
            text.append(axis == 0 ? "" : " ")
                    .append(shape[axis])
                    .append(axis == 0 || axis < shape.length - 1 ? "," : "");
        }
        text.append("), }");
        while ((10 + text.length() + 1) % 64 != 0) {
            text.append(' ');
        }
        text.append('\n');
        byte[] bytes = new byte[10 + text.length()];
        System.arraycopy(MAGIC, 0, bytes, 0, 6);
        bytes[6] = 1;
        bytes[8] = (byte) text.length();
        bytes[9] = (byte) (text.length() >> 8);
        System.arraycopy(text.toString().getBytes(StandardCharsets.ISO_8859_1), 0, bytes, 10, text.length());
        return bytes;
    }

    /** A cursor over the dictionary's text. */
    private static final class Parser {
        private final String text;
        private final String source;
        private int position;

        Parser(String text, String source) {
            this.text = text;
            this.source = source;
        }

        NpyHeader dictionary(int bytes) {
            List<String> seen = new ArrayList<>();
            String description = "";
            boolean fortranOrder = false;
            long[] shape = {};
            expect('{');
            while (!next('}')) {
                String key = string();
                expect(':');
                switch (key) {
                    case "descr" -> description = description();
                    case "fortran_order" -> fortranOrder = bool();
                    case "shape" -> shape = tuple();
                    default -> throw wrong("has the unknown key '" + key + "'");
                }
                if (seen.contains(key)) {
                    throw wrong("has the key '" + key + "' twice");
                }
                seen.add(key);
                if (!next(',')) {
                    expect('}');
                    break;
                }
            }
            skipSpace();
            if (position < text.length()) {
                throw wrong("goes on after its closing brace");
            }
            if (seen.size() != 3) {
                throw wrong("needs the keys descr, fortran_order and shape, but has only " + seen);
            }
            return new NpyHeader(NpyType.parse(description, source), fortranOrder, shape, bytes);
        }

        private String description() {
            skipSpace();
            if (position < text.length() && (text.charAt(position) == '[' || text.charAt(position) == '(')) {
                throw new DataFormatException(source, "numbers must be of a plain type, but it holds records");
            }
            return string();
        }

        private String string() {
            skipSpace();
            char quote = position < text.length() ? text.charAt(position) : ' ';
            int end = quote == '\'' || quote == '"' ? text.indexOf(quote, position + 1) : -1;
            if (end < 0) {
                throw wrong("needs a quoted string at position " + position);
            }
            String content = text.substring(position + 1, end);
            if (content.indexOf('\\') >= 0) {
                throw wrong("has a backslash in a string at position " + position);
            }
            position = end + 1;
            return content;
        }

        private boolean bool() {
            skipSpace();
            for (String word : new String[] {"True", "False"}) {
                if (text.startsWith(word, position)) {
                    position += word.length();
                    return word.equals("True");
                }
            }
            throw wrong("needs True or False at position " + position);
        }

        private long[] tuple() {
            List<Long> sizes = new ArrayList<>();
            expect('(');
            while (!next(')')) {
                sizes.add(size());
                if (sizes.size() > HIGHEST_RANK) {
                    throw new DataFormatException(source, "an array must have 0 to 4 axes, got more");
                }
                if (!next(',')) {
                    if (sizes.size() == 1) {
                        throw wrong("needs a comma after the only size of its shape");
                    }
                    expect(')');
                    break;
                }
            }
            long most = MOST_NUMBERS;
            for (long size : sizes) {
                most /= Math.max(1, size);
            }
            if (most == 0) {
                throw new DataFormatException(
                        source, "an array must have at most " + MOST_NUMBERS + " numbers, got shape " + sizes);
            }
            return sizes.stream().mapToLong(Long::longValue).toArray();
        }

        private long size() {
            skipSpace();
            int start = position;
            long size = 0;
            while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
                int digit = text.charAt(position) - '0';
                size = size > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : 10 * size + digit;
                position++;
            }
            if (position == start) {
                throw wrong("needs a size of at least 0 at position " + position);
            }
            if (size > MOST_NUMBERS) {
                throw new DataFormatException(
                        source,
                        "an axis must have at most " + MOST_NUMBERS + " entries, got "
                                + text.substring(start, position));
            }
            if (position < text.length() && text.charAt(position) == 'L') {
                position++; // Python 2 wrote its long integers so
            }
            return size;
        }

        private boolean next(char wanted) {
            skipSpace();
            if (position < text.length() && text.charAt(position) == wanted) {
                position++;
                return true;
            }
            return false;
        }

        private void expect(char wanted) {
            if (!next(wanted)) {
                throw wrong("needs '" + wanted + "' at position " + position);
            }
        }

        private void skipSpace() {
            while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
                position++;
            }
        }

        private DataFormatException wrong(String problem) {
            String shown = text.strip();
            return new DataFormatException(
                    source, "npy header " + problem + ": " + shown.substring(0, Math.min(120, shown.length())));
        }
    }
}
