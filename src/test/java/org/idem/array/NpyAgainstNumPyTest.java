package org.idem.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files exchanged with NumPy itself; aborted where there is no python3 with numpy. */
class NpyAgainstNumPyTest {
    @TempDir
    Path folder;

    @BeforeAll
    static void numPyIsHere() throws InterruptedException {
        String answer;
        try {
            answer = python(Path.of("."), "import numpy; print(numpy.__version__)");
        } catch (IOException absent) {
            answer = "none: " + absent.getMessage();
        }
        assumeTrue(answer.matches("\\d.*"), "python3 with numpy is needed, got: " + answer);
    }

    private static String python(Path folder, String script) throws IOException, InterruptedException {
        Path output = Files.createTempFile("numpy", ".txt");
        try {
            Process process = new ProcessBuilder("python3", "-c", script)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("python3 took more than a minute");
            }
            return Files.readString(output, StandardCharsets.UTF_8).strip();
        } finally {
            Files.delete(output);
        }
    }

    @Test
    void whatNumPyWritesIsReadExactly() throws IOException, InterruptedException {
        String script = """
                import numpy as np, itertools
                from numpy.lib import format as f
                rng = np.random.default_rng(5)
                types = ['f2','f4','f8','i1','i2','i4','i8','u1','u2','u4','u8','b1']
                shapes = [(), (1,), (7,), (0,3), (3,4), (2,3,5), (2,1,4,3)]
                k = 0
                for t, s, end, order, v in itertools.product(types, shapes, '<>', 'CF', (1,2,3)):
                    a = np.array(rng.integers(0, 256, size=s + (8,), dtype=np.uint8))
                    n = np.dtype(t).itemsize
                    a = a[..., :n].copy().view('|b1' if t == 'b1' else end + t).reshape(s)
                    if t == 'b1': a = rng.integers(0, 2, size=s).astype('?')
                    a = np.array(a, order=order)
                    with open('%d.npy' % k, 'wb') as g: f.write_array(g, a, version=(v, 0))
                    with np.errstate(all='ignore'): np.save('%d.ref.npy' % k, a.astype('<f8'))
                    k += 1
                print(k)
                """;
        int count = Integer.parseInt(python(folder, script));
        assertEquals(12 * 7 * 2 * 2 * 3, count);
        for (int k = 0; k < count; k++) {
            Array read = NpyFile.read(folder.resolve(k + ".npy"));
            assertEquals(NpyFile.read(folder.resolve(k + ".ref.npy")), read, "file " + k);
        }
    }

    @Test
    void whatWeWriteNumPyReadsExactly() throws IOException, InterruptedException {
        int[][] shapes = {{}, {0}, {1}, {5}, {2, 3}, {2, 3, 4}, {2, 3, 4, 5}};
        StringBuilder expected = new StringBuilder();
        for (Precision precision : Precision.values()) {
            for (int[] shape : shapes) {
                Array array = Array.zeros(shape);
                for (int i = 0; i < array.length(); i++) {
                    array.values()[i] = precision.round((i - 3) / 7.0);
                }
                String name = precision + "-" + shape.length + "-" + array.length() + ".npy";
                NpyFile.write(folder.resolve(name), array, precision);
                expected.append(name).append(' ');
            }
        }
        String script =
                "import numpy as np, sys\nfor name in '" + expected.toString().strip() + "'.split():\n"
                        + "  a = np.load(name); t, rank, n = name[:-4].split('-')\n"
                        + "  assert a.dtype == t and a.ndim == int(rank) and a.size == int(n), (name, a.dtype, a.shape)\n"
                        + "  assert a.flags['C_CONTIGUOUS'] and a.shape == ((2,3,4,5)[:a.ndim] if a.ndim > 1 else a.shape)\n"
                        + "  assert (a.ravel() == ((np.arange(a.size) - 3) / 7.0).astype(t)).all(), name\n"
                        + "print('exact')";
        assertEquals("exact", python(folder, script));
    }
}
