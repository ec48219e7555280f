package org.idem.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files exchanged with NumPy itself; skipped, with a line that says so, where there is no python3 with numpy. */
class NpyAgainstNumPyTest {
    private static String interpreter = "";

    @TempDir
    Path folder;

    /** The first python3 that has it; the system's own may have it where another one comes first on the path. */
    @BeforeAll
    static void numPyIsHere() throws InterruptedException {
        String answers = "";
        for (String candidate : List.of("python3", "/usr/bin/python3")) {
            interpreter = candidate;
            String answer;
            try {
                answer = python(Path.of("."), "import numpy; print(numpy.__version__)");
            } catch (IOException absent) {
                answer = "none: " + absent.getMessage();
            }
            if (answer.matches("\\d.*")) {
                return;
            }
            answers += candidate + ": " + answer.lines().reduce("", (all, line) -> line) + "; ";
        }
        System.out.println("skipped: exchange of files with NumPy needs python3 with numpy, got " + answers);
        assumeTrue(false, answers);
    }

    private static String python(Path folder, String script) throws IOException, InterruptedException {
        Path output = Files.createTempFile("numpy", ".txt");
        try {
            Process process = new ProcessBuilder(interpreter, "-c", script)
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

    @Test
    void archivesOfNumPyAreReadExactly() throws IOException, InterruptedException {
        String script = """
                import numpy as np, zipfile
                rng = np.random.default_rng(6)
                arrays = {
                    'weights': rng.normal(size=(5, 7)), 'bias': rng.normal(size=5).astype('>f4'),
                    'images': np.asfortranarray(rng.integers(0, 256, size=(9, 3, 6, 4), dtype=np.uint8)),
                    'scalar': np.float16(0.375), 'none': np.zeros((0, 3)), 'mask': rng.integers(0, 2, size=(4, 4)) == 1,
                    'with space/and#hash': np.arange(6).reshape(2, 3),
                }
                np.savez('stored.npz', **arrays)
                np.savez_compressed('deflated.npz', **arrays)
                for how in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                    with zipfile.ZipFile('zip64-%d.npz' % how, 'w', how, allowZip64=True) as z:
                        for name, array in arrays.items():
                            with z.open(name + '.npy', 'w', force_zip64=True) as member:
                                np.lib.format.write_array(member, np.asanyarray(array))
                np.savez('one.npz', arrays['weights'])
                np.savez('empty.npz')
                for name, array in arrays.items():
                    np.save(name.replace('/', '-') + '.ref.npy', np.asarray(array, dtype='<f8'))
                print('written')
                """;
        assertEquals("written", python(folder, script));
        for (String file : List.of("stored.npz", "deflated.npz", "zip64-0.npz", "zip64-8.npz")) {
            for (String name : List.of("weights", "bias", "images", "scalar", "none", "mask", "with space/and#hash")) {
                Array expected = NpyFile.read(folder.resolve(name.replace('/', '-') + ".ref.npy"));
                for (String member : List.of(name, name + ".npy")) {
                    NpyFile.Content content = NpzFile.readContent(folder.resolve(file), member, DataStream.ALL);
                    assertEquals(expected, content.array(), file + ":" + member);
                    boolean narrow = name.equals("bias") || name.equals("scalar");
                    assertEquals(narrow ? Precision.FLOAT32 : Precision.FLOAT64, content.precision());
                }
                for (int entry = 0; expected.rank() > 0 && entry < expected.size(0); entry++) {
                    Array one = NpzFile.readContent(folder.resolve(file), name, entry)
                            .array();
                    assertEquals(expected.slices(entry, entry + 1), one, file + ":" + name + "#" + entry);
                }
            }
        }
        assertEquals(
                NpyFile.read(folder.resolve("weights.ref.npy")),
                NpzFile.readContent(folder.resolve("one.npz"), null, DataStream.ALL)
                        .array());
        String refusal = assertThrows(
                        DataFormatException.class,
                        () -> NpzFile.readContent(folder.resolve("empty.npz"), null, DataStream.ALL))
                .getMessage();
        assertTrue(refusal.endsWith("it holds none"), refusal);
    }

    @Test
    void ourArchivesAreReadByNumPy() throws IOException, InterruptedException {
        Array array = Array.zeros(3, 50, 7);
        for (int i = 0; i < array.length(); i++) {
            array.values()[i] = i / 8.0;
        }
        NpzFile.write(folder.resolve("a.npz"), "outputs", array, Precision.FLOAT64);
        NpzFile.write(folder.resolve("b.npz"), "outputs", array, Precision.FLOAT32);
        String script = """
                import numpy as np, zipfile
                for name, kind in (('a.npz', 'f8'), ('b.npz', 'f4')):
                    assert zipfile.ZipFile(name).testzip() is None
                    with np.load(name) as archive:
                        assert archive.files == ['outputs'], archive.files
                        a = archive['outputs']
                        assert a.dtype == kind and (a == np.arange(1050).reshape(3, 50, 7) / 8).all()
                print('exact')
                """;
        assertEquals("exact", python(folder, script));
        assertEquals(
                array,
                NpzFile.readContent(folder.resolve("a.npz"), "outputs", DataStream.ALL)
                        .array());
    }
}
