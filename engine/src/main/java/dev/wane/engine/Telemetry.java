package dev.wane.engine;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * What a run looked like, every so many steps and at its last: loss, learning rate, and for each group the root mean
 * square of its weights and the relative update ‖Δw‖/‖w‖ of that step.
 */
final class Telemetry {
    private final int every;
    private final List<Measured> samples = new ArrayList<>();

    Telemetry(int every) {
        this.every = every;
    }

    List<Measured> samples() {
        return List.copyOf(samples);
    }

    /** Takes the optimizer's step, and measures it where it is due. */
    void around(long step, long steps, double loss, double multiplier, AdamW optimizer) {
        if (step % every != 0 && step != steps - 1) {
            optimizer.step(multiplier);
            return;
        }
        add("loss", step, loss);
        List<List<Tensor>> before =
                optimizer.groups().stream().map(Telemetry::copies).toList();
        optimizer.step(multiplier);
        for (int i = 0; i < before.size(); i++) {
            measure(step, multiplier, optimizer.groups().get(i), before.get(i));
        }
    }

    private void measure(long step, double multiplier, ParameterGroup group, List<Tensor> before) {
        double squares = 0;
        double updates = 0;
        long size = 0;
        for (int i = 0; i < before.size(); i++) {
            Tensor now = group.parameters().get(i).tensor().detach();
            squares += sumOfSquares(now);
            updates += sumOfSquares(now.sub(before.get(i)));
            size += now.numel();
        }
        add("learningRate." + group.name(), step, group.learningRate() * multiplier);
        add("weightRms." + group.name(), step, Math.sqrt(squares / size));
        add("relativeUpdate." + group.name(), step, Math.sqrt(updates / squares));
    }

    private void add(String name, long step, double value) {
        samples.add(new Measured(name, step, value));
    }

    private static List<Tensor> copies(ParameterGroup group) {
        return group.parameters().stream()
                .map(parameter -> parameter.tensor().detach().clone())
                .toList();
    }

    private static double sumOfSquares(Tensor values) {
        try (PointerScope _ = new PointerScope()) {
            return values.square().sum().item_double();
        }
    }
}
