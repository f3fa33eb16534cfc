def test_pricing():
    assert True
