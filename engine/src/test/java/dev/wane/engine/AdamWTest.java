package dev.wane.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wane.conform.ConformanceCase;
import dev.wane.conform.ConformanceKit;
import dev.wane.conform.Settings;
import dev.wane.recipe.Betas;
import dev.wane.reference.Adam;
import dev.wane.reference.DecayStyle;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class AdamWTest {
    private static final Betas BETAS = new Betas(0.9, 0.95);
    private static final double EPSILON = 1e-6;

    /** The reference optimizer, in double, is the oracle: it is also that of the conformance kit. */
    @Test
    void everyStepFollowsTheFormulaWithTheGroupsOwnSettings() {
        float[] decayed = {1, -2, 0.5f, 3};
        float[] free = {0.25f, -0.75f};
        Parameter matrix = parameter("matrix", Role.MATRIX, decayed);
        Parameter bias = parameter("bias", Role.BIAS, free);
        double[][] expected = {toDouble(decayed), toDouble(free)};
        Adam[] references = {
            new Adam(4, BETAS, EPSILON, DecayStyle.BEFORE), new Adam(2, BETAS, EPSILON, DecayStyle.BEFORE)
        };
        double[][] settings = {{1e-2, 0.5}, {3e-2, 0}};
        SplittableRandom random = new SplittableRandom(3);

        try (AdamW optimizer = new AdamW(
                List.of(
                        new ParameterGroup(Role.MATRIX, List.of(matrix), 1e-2, 0.5),
                        new ParameterGroup(Role.BIAS, List.of(bias), 3e-2, 0)),
                BETAS,
                EPSILON)) {
            for (int t = 1; t <= 20; t++) {
                double multiplier = 1 - t / 25.0;
                float[][] gradients = {gradient(random, 4), gradient(random, 2)};
                setGradient(matrix, gradients[0]);
                setGradient(bias, gradients[1]);
                optimizer.step(multiplier);
                for (int g = 0; g < 2; g++) {
                    references[g].step(
                            expected[g], toDouble(gradients[g]), settings[g][0] * multiplier, settings[g][1]);
                }
            }
        }

        assertThat(values(matrix)).containsExactly(expected[0], within(2e-6));
        assertThat(values(bias)).containsExactly(expected[1], within(2e-6));
    }

    /** The ten steps that generated code of other frameworks is compared with, by this engine in double precision. */
    @Test
    void theTenStepsOfGeneratedTestsAreThoseOfTheEngine() {
        Settings settings =
                Settings.of("decay", "before", "beta1", BETAS.first(), "beta2", BETAS.second(), "eps", EPSILON);
        ConformanceCase steps = ConformanceKit.tenSteps("adamw", settings, 1e-3, 0.1);
        Parameter parameter =
                new Parameter("w", Role.MATRIX, Tensor.create(steps.initial()).requires_grad_(true));

        try (AdamW optimizer =
                new AdamW(List.of(new ParameterGroup(Role.MATRIX, List.of(parameter), 1e-3, 0.1)), BETAS, EPSILON)) {
            for (int t = 0; t < steps.steps(); t++) {
                setGradient(parameter, Tensor.create(steps.gradients().get(t)));
                optimizer.step(1);
                assertThat(doubles(parameter)).containsExactly(steps.expected().get(t), within(1e-12));
            }
        }
    }

    @Test
    void gradientsAreDroppedByAStep() {
        Parameter parameter = parameter("w", Role.MATRIX, new float[] {1});
        setGradient(parameter, new float[] {1});
        try (AdamW optimizer =
                new AdamW(List.of(new ParameterGroup(Role.MATRIX, List.of(parameter), 0.1, 0)), BETAS, EPSILON)) {
            optimizer.step(1);
        }

        assertThat(parameter.tensor().grad().defined()).isFalse();
    }

    private static Parameter parameter(String name, Role role, float[] values) {
        return new Parameter(name, role, torch.tensor(values).requires_grad_(true));
    }

    private static void setGradient(Parameter parameter, float[] gradient) {
        setGradient(parameter, torch.tensor(gradient));
    }

    private static void setGradient(Parameter parameter, Tensor gradient) {
        try (PointerScope _ = new PointerScope()) {
            parameter.tensor().mul(gradient).sum().backward();
        }
    }

    private static double[] doubles(Parameter parameter) {
        double[] values = new double[(int) parameter.tensor().numel()];
        parameter.tensor().detach().data_ptr_double().get(values);
        return values;
    }

    private static float[] gradient(SplittableRandom random, int size) {
        float[] gradient = new float[size];
        for (int i = 0; i < size; i++) {
            gradient[i] = (float) random.nextDouble(-1, 1);
        }
        return gradient;
    }

    private static double[] values(Parameter parameter) {
        Tensor tensor = parameter.tensor().detach();
        float[] values = new float[(int) tensor.numel()];
        tensor.data_ptr_float().get(values);
        return toDouble(values);
    }

    private static double[] toDouble(float[] values) {
        double[] doubles = new double[values.length];
        Arrays.setAll(doubles, i -> values[i]);
        return doubles;
    }
}
