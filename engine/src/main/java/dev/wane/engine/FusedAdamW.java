package dev.wane.engine;

import dev.wane.recipe.Betas;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorType;
import org.bytedeco.pytorch.Type;
import org.bytedeco.pytorch.global.torch;

/**
 * The state of some parameters under libtorch's {@code aten::_fused_adamw_}, which updates weights and both moments in
 * one pass over the memory. It has no method in the Java binding and is called boxed through the dispatcher; the
 * arguments that stay are boxed once, since boxing costs more than the kernel on small networks.
 */
final class FusedAdamW implements AutoCloseable {
    // Retained: the class may be initialised inside a step's scope, which frees what was made in it.
    private static final OperatorHandle OPERATOR =
            Dispatcher.singleton().findSchemaOrThrow("aten::_fused_adamw_", "").retainReference();
    private static final Type.TypePtr TENSOR = new Type.TypePtr(TensorType.get()).retainReference();
    private static final Scalar ONE = new Scalar(1f).retainReference();

    private final List<Tensor> parameters;
    private final double learningRate;
    private final Tensor count;
    private final IValue boxedParameters;
    private final IValue boxedMeans;
    private final IValue boxedSquares;
    private final IValue boxedCounts;
    private final List<IValue> boxedSettings;

    /**
     * What stays the same over a run beside the learning rate.
     *
     * @param weightDecay λ, multiplied by the learning rate in the kernel
     */
    record Settings(Betas betas, double weightDecay, double epsilon) {}

    FusedAdamW(List<Parameter> parameters, double learningRate, Settings settings) {
        this.parameters = parameters.stream().map(Parameter::tensor).toList();
        this.learningRate = learningRate;
        this.count = retained(() -> torch.zeros(1).squeeze());
        this.boxedParameters = retained(() -> list(this.parameters));
        this.boxedMeans = retained(this::zeros);
        this.boxedSquares = retained(this::zeros);
        this.boxedCounts = retained(
                () -> list(this.parameters.stream().map(parameter -> count).toList()));
        this.boxedSettings = boxed(settings);
    }

    /** In the kernel's order: betas, λ, ε, amsgrad, maximize, and no gradient scaler. */
    private static List<IValue> boxed(Settings settings) {
        return List.of(
                retained(() -> new IValue(settings.betas().first())),
                retained(() -> new IValue(settings.betas().second())),
                retained(() -> new IValue(settings.weightDecay())),
                retained(() -> new IValue(settings.epsilon())),
                retained(() -> new IValue(false)),
                retained(() -> new IValue(false)),
                retained(() -> new IValue()),
                retained(() -> new IValue()));
    }

    /** One step; the parameters' gradients are then dropped. */
    void step(double multiplier) {
        count.add_(ONE);
        IValueVector stack = new IValueVector(boxedParameters, gradients(), boxedMeans, boxedSquares);
        stack.push_back(list(List.of()));
        stack.push_back(boxedCounts);
        stack.push_back(new IValue(learningRate * multiplier));
        boxedSettings.forEach(stack::push_back);
        OPERATOR.callBoxed(stack);
        parameters.forEach(parameter -> parameter.mutable_grad().reset());
    }

    @Override
    public void close() {
        List.of(count, boxedParameters, boxedMeans, boxedSquares, boxedCounts).forEach(Pointer::releaseReference);
        boxedSettings.forEach(Pointer::releaseReference);
    }

    private IValue gradients() {
        return list(parameters.stream().map(Tensor::grad).toList());
    }

    private IValue zeros() {
        return list(parameters.stream()
                .map(parameter -> torch.zeros_like(parameter).detach())
                .toList());
    }

    private static IValue list(List<Tensor> tensors) {
        GenericList list = new GenericList(TENSOR);
        tensors.forEach(tensor -> list.push_back(new IValue(tensor)));
        return new IValue(list);
    }

    private static <T extends Pointer> T retained(Supplier<T> make) {
        try (PointerScope _ = new PointerScope()) {
            T made = make.get();
            made.retainReference();
            return made;
        }
    }
}
