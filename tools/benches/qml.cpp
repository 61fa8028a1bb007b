// bench_qml FILE.qml: shows a QML file full screen, as a Qt program would. What the kiosk is measured
// against.
#include <QGuiApplication>
#include <QQmlApplicationEngine>

int main(int argc, char** argv) {
    QGuiApplication application(argc, argv);
    if (argc != 2) {
        qCritical("usage: bench_qml FILE.qml");
        return 2;
    }
    QQmlApplicationEngine engine;
    engine.load(QUrl::fromLocalFile(QString::fromLocal8Bit(argv[1])));
    return engine.rootObjects().isEmpty() ? 1 : QGuiApplication::exec();
}
