package dev.wane.formats.code;

import dev.wane.conform.ConformanceCase;
import dev.wane.convert.Conversion;
import dev.wane.recipe.Recipe;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A Java program that runs the ten steps on the optimizer of a JVM library. */
final class JavaTest {
    private JavaTest() {}

    /** Empty where ten steps would not agree, or the library is no JVM library. */
    static Optional<String> of(Conversion conversion) {
        Recipe to = conversion.to();
        return EquivalenceTest.of(conversion)
                .flatMap(expected -> program(to, expected))
                .map(program -> GeneratedCode.header(conversion, "// ") + program);
    }

    private static Optional<String> program(Recipe to, ConformanceCase expected) {
        return switch (to.optimizer().framework()) {
            case "djl" -> Optional.of(djl(to, expected));
            case "dl4j" -> Optional.of(dl4j(to, expected));
            default -> Optional.empty();
        };
    }

    private static String djl(Recipe to, ConformanceCase expected) {
        String gradient = to.meaning().isRegularizer()
                ? "NDArray gradient = manager.create(GRADIENTS[step]).add(penalty(manager, weight));"
                : "NDArray gradient = manager.create(GRADIENTS[step]);";
        String penalty = to.meaning().isRegularizer() ? djlPenalty(to) : "";
        return """
                import ai.djl.ndarray.NDArray;
                import ai.djl.ndarray.NDManager;
                import ai.djl.training.optimizer.Optimizer;
                import ai.djl.training.tracker.Tracker;

                /** The same weights as the source optimizer after each of ten steps, to single precision. */
                public final class TenSteps {
                    static Optimizer optimizer() {
                        return %s;
                    }

                    public static void main(String[] arguments) {
                        Optimizer optimizer = optimizer();
                        try (NDManager manager = NDManager.newBaseManager()) {
                            NDArray weight = manager.create(INITIAL);
                            for (int step = 0; step < EXPECTED.length; step++) {
                                %s
                                optimizer.update("weight", weight, gradient);
                                float[] weights = weight.toFloatArray();
                                for (int i = 0; i < weights.length; i++) {
                                    check(step, i, weights[i], 1e-4, 1e-5);
                                }
                            }
                        }
                        System.out.println("ten steps agree");
                    }
                %s%s}
                """.formatted(djlIndented(to), gradient, penalty, numbers("float", "f", expected));
    }

    private static String djlIndented(Recipe to) {
        return JavaCode.djlOptimizer(to).replace("\n        ", "\n                ");
    }

    /** What the library's own loss adds to the gradient. */
    private static String djlPenalty(Recipe to) {
        return """

                    static NDArray penalty(NDManager manager, NDArray weight) {
                        NDArray copy = manager.create(weight.toFloatArray());
                        copy.setRequiresGradient(true);
                        ai.djl.ndarray.NDList none = new ai.djl.ndarray.NDList();
                        try (var collector = manager.getEngine().newGradientCollector()) {
                            var loss = new ai.djl.training.loss.L2WeightDecay("l2", new ai.djl.ndarray.NDList(copy), %sf);
                            collector.backward(loss.evaluate(none, none));
                        }
                        return copy.getGradient();
                    }
                """.formatted(GeneratedCode.decay(to));
    }

    private static String dl4j(Recipe to, ConformanceCase expected) {
        return """
                import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
                import org.deeplearning4j.nn.conf.layers.DenseLayer;
                import org.deeplearning4j.nn.gradient.DefaultGradient;
                import org.deeplearning4j.nn.gradient.Gradient;
                import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
                import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
                import org.nd4j.linalg.api.buffer.DataType;
                import org.nd4j.linalg.api.ndarray.INDArray;
                import org.nd4j.linalg.factory.Nd4j;
                import org.nd4j.linalg.indexing.NDArrayIndex;
                import org.nd4j.linalg.learning.config.%s;

                /** The same weights as the source optimizer after each of ten steps, to 1e-6. */
                public final class TenSteps {
                    static MultiLayerNetwork network() {
                        DenseLayer.Builder layer = new DenseLayer.Builder();
                        layer.nIn(INITIAL.length).nOut(1).hasBias(false);
                        layer%s;
                        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                                .dataType(DataType.DOUBLE)
                                .updater(%s)
                                .list()
                                .layer(layer.build())
                                .build());
                        network.init();
                        network.initGradientsView();
                        return network;
                    }

                    public static void main(String[] arguments) {
                        MultiLayerNetwork network = network();
                        int size = INITIAL.length;
                        INDArray weight = network.getParam("0_W");
                        weight.assign(Nd4j.create(INITIAL).reshape(size, 1));
                        for (int step = 0; step < EXPECTED.length; step++) {
                            INDArray flat = network.getFlattenedGradients();
                            Gradient gradient = new DefaultGradient(flat);
                            INDArray view = flat.get(NDArrayIndex.all(), NDArrayIndex.interval(0, size)).reshape('f', size, 1);
                            view.assign(Nd4j.create(GRADIENTS[step]).reshape(size, 1));
                            gradient.setGradientFor("0_W", view);
                            network.getUpdater().update(network, gradient, step, 0, 1, LayerWorkspaceMgr.noWorkspaces());
                            network.params().subi(gradient.gradient());
                            for (int i = 0; i < size; i++) {
                                check(step, i, weight.getDouble(i), 1e-6, %s);
                            }
                        }
                        System.out.println("ten steps agree");
                    }
                %s}
                """.formatted(
                        JavaCode.updaterClass(to),
                        JavaCode.dl4jDecay(to),
                        JavaCode.updater(to),
                        EquivalenceTest.absolute(to),
                        numbers("double", "", expected));
    }

    private static String numbers(String type, String suffix, ConformanceCase expected) {
        return """

                    static void check(int step, int i, double weight, double relative, double absolute) {
                        double expected = EXPECTED[step][i];
                        if (!(Math.abs(weight - expected) <= absolute + relative * Math.abs(expected))) {
                            throw new AssertionError("step " + step + ", weight " + i + ": " + weight + ", not " + expected);
                        }
                    }

                    static final %s[] INITIAL = %s;
                    static final %s[][] GRADIENTS = {
                %s
                    };
                    static final double[][] EXPECTED = {
                %s
                    };
                """.formatted(
                        type,
                        array(expected.initial(), suffix),
                        type,
                        rows(expected.gradients(), suffix),
                        rows(expected.expected(), ""));
    }

    private static String rows(List<double[]> rows, String suffix) {
        return rows.stream().map(row -> "        " + array(row, suffix) + ",").collect(Collectors.joining("\n"));
    }

    private static String array(double[] values, String suffix) {
        return Arrays.stream(values).mapToObj(value -> value + suffix).collect(Collectors.joining(", ", "{", "}"));
    }
}
