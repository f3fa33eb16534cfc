def test_api_carts():
    assert True
