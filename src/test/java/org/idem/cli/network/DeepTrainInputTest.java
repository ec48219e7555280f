package org.idem.cli.network;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.idem.array.Array;
import org.idem.array.NpyFile;
import org.idem.array.NpzFile;
import org.idem.array.Precision;
import org.idem.cli.BadInputFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input of {@code train} for networks of any depth. */
class DeepTrainInputTest extends BadInputFiles {
    @BeforeEach
    void archives() throws IOException {
        archive("net", "0.weight", new int[] {4, 5}, "0.bias", new int[] {4}, "2.weight", new int[] {5, 4});
        archive("cnn", "0.weight", new int[] {3, 2, 3, 3}, "1.weight", new int[] {2, 3, 5, 5});
        archive("chain", "0.weight", new int[] {4, 5}, "2.weight", new int[] {5, 3});
        archive("extra", "0.weight", new int[] {5, 5}, "1.running_mean", new int[] {5});
        archive("orphan", "0.weight", new int[] {5, 5}, "3.bias", new int[] {5});
        archive("nothing");
        archive("other", "0.weight", new int[] {4, 6}, "1.weight", new int[] {6, 4});
    }

    private void archive(String name, Object... namesAndShapes) throws IOException {
        Map<String, NpyFile.Content> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndShapes.length; i += 2) {
            Array array = Array.zeros((int[]) namesAndShapes[i + 1]);
            members.put((String) namesAndShapes[i], new NpyFile.Content(array, Precision.FLOAT64));
        }
        NpzFile.write(folder.resolve(name + ".npz"), members);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "fcn | --weights @net.npz --init he | --weights and --init exclude each other",
                "fcn | --depth 3 | --weights or --init must be given, got neither",
                "fcn | --weights @net.npz --gain 2 | --gain must go with --init",
                "fcn | --init he --gain 0 | --gain: gain must be positive and finite, got 0.0",
                "fcn | --init he --gain 1e300 | --gain must hold float64 numbers of magnitude at most",
                "fcn | --init hee | --init must be one of ~ orthogonal, got 'hee'; nearest: he",
                "fcn | --init he --rule adan | --rule must be one of sgd, adam, rmsprop, adagrad, got 'adan'; nearest: adam",
                "fcn | --init he --activation rellu | --activation must be one of ~ got 'rellu'; nearest: relu",
                "fcn | --init he --residual maybe | --residual must be yes or no, got 'maybe'",
                "fcn | --init he --bias --bias | option '--bias' should be specified only once",
                "fcn | --init he --depth 0 | --depth must be at least 1, got 0",
                "fcn | --init he --depth 2 --width 0 | --width must be at least 1, got 0",
                "fcn | --init he --depth 2147483647 | --depth and --width must make a network that fits into ~ MiB",
                "fcn | --init he --depth 3 --width 2147483647 | --depth and --width must make a network that fits into",
                "fcn | --init he --channels 3 | --channels must go with cnn; an fcn has --width",
                "fcn | --init he --kernel 3 | --kernel must go with cnn",
                "fcn | --init he --depth 2 --limit | --limit is for one layer ~ got 2 layers under sgd",
                "fcn | --init he --rule adam --limit | --limit is for one layer ~ got 1 layer under adam",
                "fcn | --init he --depth 2 | --steps must be given; ~ got 2 layers under sgd",
                "fcn | --init he --depth 2 --steps 5 --rule adam --momentum 0.5 | momentum, nesterov and weight decay must go with sgd, got adam",
                "fcn | --init he --depth 2 --steps 5 --rule adagrad --weight-decay 0.5 | weight decay must go with sgd, got adagrad",
                "fcn | --init he --depth 2 --steps 5 --nesterov | nesterov needs a momentum above 0, got 0",
                "fcn | --init he --depth 2 --steps 5 --learning-rate 0 | learning rate must be positive and finite, got 0.0",
                "fcn | --init he --depth 2 --steps 5 --learning-rate 1e-60 --precision float32 | --learning-rate must be a number that float32 can hold",
                "fcn | --init he --depth 2 --steps 500 --learning-rate 1e9 --loss sum | training diverged at step ~ a smaller --learning-rate may help",
                "fcn | --init he --depth 2 --steps 5 --bias @W.npy | --bias FILE must go with --weights; with --init it is --bias, yes or no",
                "fcn | --init he --depth 2 --steps 5 --target @W4.npy | --train, --target and the network must fit: targets must have the shape of the outputs [3, 5], got [4, 5]",
                "fcn | --init he --steps 5 --train @vector.npy | --train must have shape (n, d), got (5)",
                "fcn | --init he --depth 2 --steps 5 --test @I.npy | --test: inputs must have shape (n, 5), got [2, 84]",
                "fcn | --init he --depth 2 --steps 5 --weights-out @V.npy | --weights-out must end with .npz for 2 layers, got",
                "fcn | --weights @net.npz --depth 3 --steps 5 | --depth must agree with --weights ~ got 3 where that has 2 layers",
                "fcn | --weights @net.npz --width 3 --steps 5 | --width must agree with --weights ~ got 3 where that has 4",
                "fcn | --weights @net.npz --bias --steps 5 | --bias must agree with --weights ~ of which 1 of 2 layers have one, got yes",
                "fcn | --weights @net.npz --bias no --steps 5 | --bias must agree with --weights ~ got no",
                "fcn | --weights @net.npz --bias @W.npy --steps 5 | --bias FILE must go with the weights of one layer",
                "fcn | --weights @net.npz:0.weight --depth 2 --steps 5 | --depth must agree with --weights ~ got 2 where that has 1 layer",
                "fcn | --weights @W.npy --bias --steps 5 | --bias must name the file of the initial bias (k)",
                "fcn | --weights @W.npy --depth 2 --steps 5 | --depth must agree with --weights ~ got 2 where that has 1 layer",
                "fcn | --weights @cnn.npz --steps 5 | arrays must have shape (k,d), got (3, 2, 3, 3) for 0.weight",
                "fcn | --weights @chain.npz --steps 5 | 2.weight must take the 4 outputs of 0.weight, of shape [4, 5], got [5, 3]",
                "fcn | --weights @extra.npz --steps 5 | arrays must be named as PyTorch's state_dict ~ got '1.running_mean'",
                "fcn | --weights @orphan.npz --steps 5 | 3.bias must go with an array 3.weight",
                "fcn | --weights @nothing.npz --steps 5 | there must be an array 0.weight, got no arrays",
                "fcn | --weights @other.npz --steps 5 | --train: inputs must have shape (n, 6), got [3, 5]",
                "cnn | --weights @net.npz --steps 5 | arrays must have shape (C_out,C_in,K,K), got (4, 5) for 0.weight",
                "cnn | --init he --width 3 | --width must go with fcn; a cnn has --channels",
                "cnn | --init he --kernel 4 | --kernel must be odd and positive, got 4",
                "cnn | --init he --kernel 2147483647 --steps 2 --padding valid | --channels, --kernel must make a network that fits",
                "cnn | --init he --depth 5 --padding valid --steps 5 | with valid padding a kernel of side 3 must fit into the image",
                "cnn | --init he --steps 5 --train @X.npy | --train must have shape (n, C, H, W), got (3, 5)",
                "cnn | --init he --depth 2 --steps 5 --test @grey.npy | --test: inputs must have shape (n, 2, H, W), got [2, 1, 6, 7]",
                "cnn | --weights @cnn.npz --kernel 3 --steps 5 | --kernel must agree with --weights ~ got 3 where that has 5",
                "cnn | --weights @cnn.npz --channels 4 --steps 5 | --channels must agree with --weights ~ got 4 where that has 3",
            })
    void isToldInOneLine(String kind, String changes, String parts) throws IOException {
        String inputs = kind.equals("fcn") ? "@X.npy" : "@I.npy";
        Map<String, String> right = Map.of("--train", inputs, "--test", inputs, "--out", "@F.npy");
        refused(command("train " + kind, right, changes), parts.split(" ~ "));
    }
}
