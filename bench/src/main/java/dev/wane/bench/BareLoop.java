package dev.wane.bench;

import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorType;
import org.bytedeco.pytorch.Type;
import org.bytedeco.pytorch.global.torch;

/**
 * The scale-invariant MLP 784-128-128-10 trained by libtorch called straight from Java: no layers, no groups as values, no
 * telemetry, no divergence check. What the engine may cost at most is measured against it.
 */
final class BareLoop {
    private static final long[] SIZES = {784, 128, 128, 10};
    private static final double RATE = 1e-3;

    private final OperatorHandle fused = Dispatcher.singleton().findSchemaOrThrow("aten::_fused_adamw_", "");
    private final Type.TypePtr tensorType = new Type.TypePtr(TensorType.get());
    private final Scalar one = new Scalar(1f);
    private final Tensor inputs;
    private final Tensor labels;
    private final List<Tensor> weights;
    private final Tensor gain = torch.ones(1).requires_grad_(true);
    private final State weightState;
    private final State gainState;

    /** Boxed once: the bare loop is as fast as one would write it by hand. */
    private final class State {
        private final List<Tensor> parameters;
        private final Tensor count = torch.zeros(1).squeeze();
        private final IValue boxedParameters;
        private final IValue means;
        private final IValue squares;
        private final IValue counts;
        private final IValue none = list(List.of());
        private final List<IValue> settings;

        State(List<Tensor> parameters, double decay) {
            this.parameters = parameters;
            this.boxedParameters = list(parameters);
            this.means = list(zeros(parameters));
            this.squares = list(zeros(parameters));
            this.counts = list(parameters.stream().map(ignored -> count).toList());
            this.settings = List.of(
                    new IValue(RATE),
                    new IValue(0.9),
                    new IValue(0.999),
                    new IValue(decay),
                    new IValue(1e-8),
                    new IValue(false),
                    new IValue(false),
                    new IValue(),
                    new IValue());
        }

        private List<Tensor> zeros(List<Tensor> like) {
            return like.stream()
                    .map(tensor -> torch.zeros_like(tensor).detach())
                    .toList();
        }
    }

    BareLoop(Tensor inputs, Tensor labels) {
        this.inputs = inputs;
        this.labels = labels;
        this.weights = List.of(weight(0), weight(1), weight(2));
        this.weightState = new State(weights, 1);
        this.gainState = new State(List.of(gain), 0);
    }

    private static Tensor weight(int layer) {
        return torch.randn(SIZES[layer + 1], SIZES[layer])
                .mul(new Scalar((float) Math.sqrt(2.0 / SIZES[layer])))
                .requires_grad_(true);
    }

    /** Returns the last loss. */
    double train(int steps, int batchSize) {
        SplittableRandom random = new SplittableRandom(1);
        int[] rows = new int[batchSize];
        double last = 0;
        for (int step = 0; step < steps; step++) {
            try (PointerScope _ = new PointerScope()) {
                for (int i = 0; i < batchSize; i++) {
                    rows[i] = random.nextInt((int) labels.size(0));
                }
                Tensor indices = torch.tensor(rows);
                Tensor loss = torch.cross_entropy_loss(
                        logits(inputs.index_select(0, indices)), labels.index_select(0, indices));
                loss.backward();
                last = loss.item_float();
                try (NoGradGuard _ = new NoGradGuard()) {
                    step(weightState);
                    step(gainState);
                }
            }
        }
        return last;
    }

    private Tensor logits(Tensor batch) {
        Tensor hidden = torch.relu(normalize(torch.linear(batch, weights.get(0))));
        hidden = torch.relu(normalize(torch.linear(hidden, weights.get(1))));
        return normalize(torch.linear(hidden, weights.get(2))).mul(gain);
    }

    private static Tensor normalize(Tensor values) {
        return torch.layer_norm(
                values, new long[] {values.size(1)}, new TensorOptional(), new TensorOptional(), 0, false);
    }

    private void step(State state) {
        state.count.add_(one);
        IValueVector stack = new IValueVector(
                state.boxedParameters,
                list(state.parameters.stream().map(Tensor::grad).toList()),
                state.means,
                state.squares,
                state.none,
                state.counts);
        state.settings.forEach(stack::push_back);
        fused.callBoxed(stack);
        state.parameters.forEach(parameter -> parameter.mutable_grad().reset());
    }

    private IValue list(List<Tensor> tensors) {
        GenericList list = new GenericList(tensorType);
        tensors.forEach(tensor -> list.push_back(new IValue(tensor)));
        return new IValue(list);
    }
}
